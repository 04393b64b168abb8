"""The people of an address book as vobject reads it: one JSON array each, of name, first address, company and note."""

import json
import sys

import vobject

for card in vobject.readComponents(sys.stdin.buffer.read().decode()):
    first = {name: lines[0].value for name, lines in card.contents.items()}
    org = first.get("org", [""])
    company = org if isinstance(org, str) else org[0]
    print(json.dumps([card.fn.value, first.get("email", ""), company, first.get("note", "")]))
