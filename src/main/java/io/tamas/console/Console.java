package io.tamas.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Serves the console at `/console/`. All addresses in it are relative, also that of the API, so
/// that it works below any path of a proxy.
public final class Console {
  private static final String PATH = "/console/";

  /// Only what comes from here is run or loaded, nothing is written into the page as text, and no
  /// other page may frame it.
  static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "media-src 'self' blob:",
          "connect-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "require-trusted-types-for 'script'",
          "trusted-types lit-html");

  private final Future<ConsoleFiles> files;

  /// @param vertx on whose threads for work the files are read and compressed
  public Console(Vertx vertx) {
    this.files = vertx.executeBlocking(ConsoleFiles::load);
  }

  public void mount(Router router) {
    redirect(router, "/", "console/");
    redirect(router, "/console", "console/");
    router
        .route(PATH + "*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(routing ->
            files
                .onSuccess(loaded -> serve(routing, loaded))
                .onFailure(fault -> routing.fail(500, fault)));
  }

  /// By a relative address: what is before it on a proxy stays.
  private static void redirect(Router router, String from, String to) {
    router
        .route(from)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(routing -> {
          if (routing.request().path().equals(from)) {
            routing.response().setStatusCode(302).putHeader("location", to).end();
          } else {
            routing.next();
          }
        });
  }

  private static void serve(RoutingContext routing, ConsoleFiles files) {
    HttpServerRequest request = routing.request();
    String name = request.path().substring(PATH.length());
    Optional<ConsoleFile> found = files.named(name.isEmpty() ? ConsoleFiles.PAGE : name);
    if (found.isEmpty()) {
      routing.fail(404);
      return;
    }
    send(request, found.get());
  }

  private static void send(HttpServerRequest request, ConsoleFile file) {
    HttpServerResponse response =
        request
            .response()
            .putHeader("content-security-policy", POLICY)
            .putHeader("x-content-type-options", "nosniff")
            .putHeader("referrer-policy", "no-referrer")
            .putHeader("cross-origin-opener-policy", "same-origin")
            .putHeader("cache-control", file.caching())
            .putHeader("vary", "accept-encoding")
            .putHeader("etag", file.etag());
    if (file.isKnownBy(request.getHeader("if-none-match"))) {
      response.setStatusCode(304).end();
      return;
    }
    ConsoleFile.Form form = file.form(request.getHeader("accept-encoding"));
    form.encoding().ifPresent(encoding -> response.putHeader("content-encoding", encoding));
    response
        .putHeader("content-type", file.type())
        .putHeader("content-length", "" + form.bytes().length());
    if (request.method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(form.bytes());
    }
  }
}
