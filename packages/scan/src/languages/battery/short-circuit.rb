def allowed(actor, doc)
  (actor[:admin] || actor[:id] == doc[:owner]) && !doc[:locked]
end
