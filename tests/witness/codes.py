"""Two measures as coded: one of the police, one of the affected themselves."""

TIP_LINE = {
    "actor": "state", "place": ["RO"], "start": 2014, "end": None, "binding": "law", "four_p": "prosecution",
    "technology": "means", "target": ["offender"], "data_taken": "content", "consent": "none",
    "entry_condition": "not_applicable", "control": "state", "remedy": "none", "right_named": ["none"],
    "sex_work": "not_touched",
}  # fmt: skip
ERASURE = TIP_LINE | {
    "actor": "international", "place": ["EU"], "start": 2018, "four_p": "protection", "technology": "object",
    "target": ["public"], "data_taken": "personal", "consent": "free", "entry_condition": "open",
    "control": "affected", "remedy": "individual", "right_named": ["erasure", "privacy"],
}  # fmt: skip
