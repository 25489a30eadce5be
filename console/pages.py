"""A page: a template with the frame that every page has, under headers that allow no script."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.wording import Phrase, label, phrase, professional_line, safety_line
from console.looking import Look

FOLDER = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(look: Look, request: Request, name: str, status: int = 200, **more: Any) -> HTMLResponse:
    """Return a page; `more` is what its template asks for besides the frame."""
    pack = look.given.opening.pack
    frame = {
        "look": look,
        "path": request.url.path,
        "safety": safety_line(pack, look.words),
        "professional": professional_line(pack),
        "demonstration": phrase(Phrase.DEMONSTRATION) if look.given.demonstration else "",
        "label": lambda group, code: label(group, code, look.words),
        "phrase": lambda code, **facts: phrase(Phrase(code), look.words, **facts),
        "figures_as_of": look.at(look.now),
    }
    text = TEMPLATES.get_template(f"{name}.html").render(frame | more)
    return HTMLResponse(text, status)
