package io.tamas.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// What all tests of a JVM share: one Asterisk and the company that it belongs to.
final class House implements AutoCloseable {
  private final AsteriskServer asterisk;
  private final Office office;
  private final Link ari;
  private final AtomicInteger extensions = new AtomicInteger(1000);
  private final AtomicInteger outside = new AtomicInteger();

  private House(AsteriskServer asterisk, Office office, Link ari) {
    this.asterisk = asterisk;
    this.office = office;
    this.ari = ari;
  }

  static House open(Running running) {
    try {
      // What Asterisk and the phones wrote is there to be read after a test that failed.
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      Path data = Files.createTempDirectory(target, "lab-");
      int agiPort = FreePorts.take();
      int ariPort = FreePorts.take();
      Link link = Link.to(ariPort, running);
      var asterisk = new AsteriskServer(data, agiPort, link.port());
      return new House(asterisk.start(), new TamasOffice(asterisk, ariPort, data, running), link);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AsteriskServer asterisk() {
    return asterisk;
  }

  Office office() {
    return office;
  }

  /// On which Asterisk connects to Tamas.
  Link ari() {
    return ari;
  }

  Path data() {
    return asterisk.settings().data();
  }

  String nextExtension() {
    return Integer.toString(extensions.incrementAndGet());
  }

  /// A number that nobody else in this JVM has, for trunks, callers and numbers of the company.
  int nextOutside() {
    return outside.incrementAndGet();
  }

  @Override
  public void close() {
    office.close();
    asterisk.close();
    ari.close();
  }
}
