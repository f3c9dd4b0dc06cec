package io.tamas.lab;

import io.tamas.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one test works with. Numbers are its own; its phones end with it.
public final class Lab implements AutoCloseable {
  private final House house;
  private final List<AutoCloseable> inUse = new ArrayList<>();

  Lab(House house) {
    this.house = house;
  }

  /// A lab with a house of its own in which everything runs as users have it, for programs that
  /// measure.
  public static Lab asDelivered() {
    House house = House.open(Running.AS_DELIVERED);
    Lab lab = new Lab(house);
    lab.keep(house);
    return lab;
  }

  /// A new extension with a phone that is registered.
  public Phone phone(String name) {
    return phone(name, false);
  }

  /// The same, with all its calls recorded.
  public Phone recordedPhone(String name) {
    return phone(name, true);
  }

  private Phone phone(String name, boolean recorded) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, name, recorded);
    return keep(Phone.registered(house, name, number, password));
  }

  /// A new extension whose phone refuses every call as its user's decision (603).
  public DecliningPhone decliningPhone(String name) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, name, false);
    return keep(DecliningPhone.registered(house, number, password));
  }

  /// A key with a lamp on somebody's desk that shows what an extension does.
  public Lamp lampOf(String watched) {
    String number = house.nextExtension();
    return keep(new Lamp(house, number, house.office().extension(number, "Lamp", false), watched));
  }

  /// A new extension without a phone; returns its number.
  public String extensionWithoutPhone(String name) {
    String number = house.nextExtension();
    house.office().extension(number, name, false);
    return number;
  }

  /// A line to the outside whose calls ring `fallback` while Tamas does not answer.
  public Line line(Phone fallback) {
    int n = house.nextOutside();
    String address = "127.0.%d.%d".formatted(1 + n / 250, 1 + n % 250);
    String trunk = "line-" + n;
    house.office().trunk(trunk, address, fallback.number());
    return new Line(this, house, trunk, address, fallback.number());
  }

  /// The record of the one call of this caller, once it has ended.
  public CallSeen callOf(Phone caller) {
    return CallSeen.ended(house.office(), caller.number());
  }

  /// A subscriber who begins with the state of now.
  public EventsHeard events() {
    return keep(house.office().events(""));
  }

  /// A subscriber who goes on after an event.
  public EventsHeard eventsAfter(long id) {
    return keep(house.office().events("?after=" + id));
  }

  public Office office() {
    return house.office();
  }

  /// What runs, by name: Asterisk, Tamas while it is alive, PostgreSQL.
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> running = new TreeMap<>(house.office().processes());
    running.put("Asterisk", house.asterisk().process().toHandle());
    return running;
  }

  public AsteriskServer asterisk() {
    return house.asterisk();
  }

  /// Whether Tamas has stored all that Asterisk has written about calls.
  public boolean isJournalStored() {
    long written = 0;
    Path folder = house.data().resolve("asterisk/log/cel-custom");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        written += Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return house.office().journalBytes() == written;
  }

  /// What Asterisk writes about calls.
  public JournalReader journal() {
    return new JournalReader(house.data().resolve("asterisk/log/cel-custom/journal.csv"));
  }

  <T extends AutoCloseable> T keep(T used) {
    inUse.add(used);
    return used;
  }

  @Override
  public void close() throws Exception {
    house.office().recovers();
    for (AutoCloseable used : inUse.reversed()) {
      used.close();
    }
  }
}
