"""A reference: what people say of a case on the telephone. Eight characters and a check; no key.

Crockford's alphabet leaves out I, L, O and U; the ninth character is a check modulo 37 (decision
29), so that one wrong character, or two neighbours swapped, is noticed.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = ALPHABET + "*~$=U"
HEARD_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
LENGTH, BYTES = 8, 5


def new_reference(random_bytes: bytes) -> str:
    """Return a reference made of 5 random bytes (40 bits), with its check."""
    if len(random_bytes) != BYTES:
        raise ValueError("a reference is made of 5 random bytes")
    number = int.from_bytes(random_bytes)
    digits = (ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(LENGTH)))
    return "".join(digits) + CHECKS[number % 37]


def check_reference(said: str) -> str | None:
    """Return the reference as it is kept, however it was said or typed; None if it is none."""
    text = said.upper().translate(HEARD_AS)
    body, check = text[:LENGTH], text[LENGTH:]
    if len(text) != LENGTH + 1 or any(letter not in ALPHABET for letter in body):
        return None
    number = 0
    for letter in body:
        number = number * 32 + ALPHABET.index(letter)
    return text if CHECKS[number % 37] == check else None
