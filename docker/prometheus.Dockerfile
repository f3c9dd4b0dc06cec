# Prometheus, which asks Tamas for its metrics.
FROM debian:forky-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends prometheus \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o prometheus -g prometheus /var/lib/prometheus
COPY prometheus.yml alerts.yml /etc/prometheus/
USER prometheus
VOLUME /var/lib/prometheus
CMD ["prometheus", "--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/var/lib/prometheus", \
     "--storage.tsdb.retention.time=90d", "--web.listen-address=0.0.0.0:9090"]
