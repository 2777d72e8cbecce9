def label(active):
    text = "on" if active else "off"
    return show(text)
