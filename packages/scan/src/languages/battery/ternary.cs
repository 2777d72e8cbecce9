dynamic label(dynamic active)
{
    var text = active ? "on" : "off";
    return show(text);
}
