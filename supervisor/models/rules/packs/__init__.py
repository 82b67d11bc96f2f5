"""Rule packs: rules as data, judged by the version in force on the day (product.md 5 and 7).

`facts` what is judged, `fields` which facts exist, `model` what a pack is, `parsing` text to pack,
`kinds` the fixed set of checks, `judging` facts to findings, `planning` what blocks a plan,
`changing` the house's own changes, `stored` their text, `canonical` text and hash of a pack,
`shipped` the packs we bring.
"""
