/// The dashboards of `grafana/` and the alerts of `docker/alerts.yml`: what they ask is answered by
/// a real PostgreSQL and a real Prometheus, as Grafana would ask it. Grafana itself is not run.
@NullMarked
package io.tamas.dashboards;

import org.jspecify.annotations.NullMarked;
