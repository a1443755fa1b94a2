# Sightline in a container: `docker compose up` runs it beside Neo4j, see docker-compose.yml.
FROM python:3.13-slim-trixie AS build
WORKDIR /source
RUN python -m venv /opt/sightline
COPY requirements-container.lock ./
RUN /opt/sightline/bin/pip install --no-cache-dir --require-hashes -r requirements-container.lock
COPY pyproject.toml README.md LICENSE ./
COPY api ./api
COPY cli ./cli
COPY graph ./graph
COPY queries ./queries
COPY seed ./seed
RUN /opt/sightline/bin/pip install --no-cache-dir --no-index --no-deps --no-build-isolation .

FROM python:3.13-slim-trixie
RUN groupadd --gid 10001 sightline \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin sightline \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/sightline /var/cache/sightline
COPY --from=build /opt/sightline /opt/sightline
ENV PATH=/opt/sightline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIGHTLINE_HOST=0.0.0.0 \
    SIGHTLINE_PORT=8000 \
    SIGHTLINE_DATA_DIR=/var/lib/sightline \
    SIGHTLINE_CACHE_DIR=/var/cache/sightline \
    SIGHTLINE_LOG_FORMAT=json \
    SIGHTLINE_LOG_LEVEL=info
USER 10001:10001
VOLUME ["/var/lib/sightline", "/var/cache/sightline"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"SIGHTLINE_PORT\"]}/readyz', timeout=4)"]
ENTRYPOINT ["sightline"]
CMD ["serve"]
