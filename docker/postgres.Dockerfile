# PostgreSQL of a release of Debian, with a database and a user "tamas" whose password is in /secrets/database.
ARG SUITE=forky
FROM debian:${SUITE}-slim
ARG VERSION=18
ENV PGBIN=/usr/lib/postgresql/${VERSION}/bin PGDATA=/var/lib/postgresql/data
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-common \
 && sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf \
 && apt-get install -y --no-install-recommends postgresql-${VERSION} \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o postgres -g postgres -m 0700 $PGDATA
COPY postgres-start /usr/local/bin/
USER postgres
VOLUME $PGDATA
EXPOSE 5432
STOPSIGNAL SIGINT
CMD ["postgres-start"]
