def price(plan)
  case plan
  when "free" then 0
  when "team", "school" then 10
  else 50
  end
end
