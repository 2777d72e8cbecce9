function label(active) {
  const text = active ? "on" : "off";
  return show(text);
}
