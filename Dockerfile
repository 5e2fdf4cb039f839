# One image for every service of docker-compose.yml: Airflow, Eventwire, its configuration and its language pipelines.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /opt/eventwire
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir -q -r requirements/runtime.txt

FROM python:3.11.14-slim-bookworm
RUN useradd --create-home --uid 50000 eventwire \
 && mkdir -p /opt/airflow/logs /var/lib/eventwire \
 && chown -R eventwire /opt/airflow /var/lib/eventwire
COPY --from=build /opt/venv /opt/venv
WORKDIR /opt/eventwire
COPY requirements/runtime.txt requirements/runtime.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY models models
COPY processors processors
COPY plugins plugins
COPY dags dags
COPY config config
# Run from where it lies, with the pinned setuptools: nothing is downloaded here.
RUN /opt/venv/bin/pip install --no-cache-dir -q --no-deps --no-build-isolation -e .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/eventwire \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/eventwire/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/eventwire/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    EVENTWIRE_CONFIG_DIR=/opt/eventwire/config \
    EVENTWIRE_VAR_DIR=/var/lib/eventwire
USER eventwire
CMD ["eventwire", "--help"]
