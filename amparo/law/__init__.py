"""What the law gives a person, and until when: rules as data, rights that apply, due dates.

Pure: no network, no Django.
"""
