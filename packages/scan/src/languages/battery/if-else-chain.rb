def grade(score)
  if score >= 90
    "high"
  elsif score >= 50
    "middle"
  else
    "low"
  end
end
