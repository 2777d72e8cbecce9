def charge(card)
  receipt = pay(card)
  receipt[:id]
rescue => error
  report(error)
  raise
ensure
  release(card)
end
