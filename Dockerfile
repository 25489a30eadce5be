# One image, three commands: `python -m worker cases|post`, `python -m web`, `python -m watchdog`.

FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
# Dependencies first: they change less often than we do.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --extra postgres --no-install-project
COPY . .
RUN uv sync --frozen --no-dev --extra postgres --no-editable

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home baton \
    && install -d -o baton -g baton -m 0700 /data
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 BATON_DATA=/data
WORKDIR /data
VOLUME /data
USER baton
CMD ["python", "-m", "web"]
