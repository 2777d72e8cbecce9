Object label(Object active) {
    var text = active ? "on" : "off";
    return show(text);
}
