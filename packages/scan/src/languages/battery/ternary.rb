def label(active)
  text = active ? "on" : "off"
  show(text)
end
