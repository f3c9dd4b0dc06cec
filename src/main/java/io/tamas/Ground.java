package io.tamas;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.work.Workers;
import io.vertx.core.Vertx;
import java.time.Clock;

/// What every wing uses.
///
/// @param running receives what a wing has started, to stop it in the reverse order
/// @param workers receives the threads of what a wing has started
record Ground(
    Config config,
    Vertx vertx,
    Database database,
    Clock clock,
    MeterRegistry registry,
    Running running,
    Workers workers) {}
