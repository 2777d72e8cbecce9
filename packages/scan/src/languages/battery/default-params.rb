def page(number, size = 20)
  fetch_page(number, size)
end
