#!/usr/bin/python3
"""compose.py - writes replies.json, fields.json, structures.json and automatic.json from the mails in this folder's other files. These mails were written to find
what the program gets wrong, in the shapes of mail programs, before its rules were looked at. Run here after a change: /usr/bin/python3 compose.py"""
import base64, importlib, json
import cases

def row(name, data, expect):
    try:
        if b"\0" not in data: return {"name": name, "mail": data.decode("utf-8"), "expect": expect}
    except UnicodeDecodeError: pass
    return {"name": name, "mail_base64": base64.b64encode(data).decode("ascii"), "expect": expect}

FILES = {
    "replies": ("replies_mailers", "replies_shapes", "replies_more", "replies_clients", "replies_attributions", "replies_letters", "replies_dates",
                "replies_regions", "strange_replies", "strange_clients", "strange_words", "signatures"),
    "fields": ("fields", "uuencode", "html_text", "languages", "html_letters", "languages_short", "strange_html", "strange_more", "strange_letters"),
    "automatic": ("automatic", "automatic_more", "automatic_third", "automatic_products", "automatic_wordings", "automatic_prose", "automatic_systems", "automatic_short", "automatic_absences",
                  "automatic_usual", "automatic_seldom", "automatic_rare", "automatic_confirmations", "automatic_tongues", "automatic_talk", "automatic_houses"),
    "structures": ("structures", "structures_more", "structures_third", "octets", "strange_shapes"),
}
for file, modules in FILES.items():
    cases.CASES.clear()
    for module in modules: importlib.import_module(module)
    with open(file + ".json", "w", encoding="utf-8") as f:
        json.dump([row(*c) for c in cases.CASES], f, ensure_ascii=False, indent=1)
        f.write("\n")
    print(file, len(cases.CASES))
