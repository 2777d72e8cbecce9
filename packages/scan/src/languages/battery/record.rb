def summary(user)
  { id: user[:id], tags: %w[a b], nested: { active: true, score: 1 } }
end
