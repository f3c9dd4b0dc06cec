package io.tamas.lab;

import io.tamas.config.Secret;
import java.util.ArrayList;
import java.util.List;

/// What one test works with. Numbers are its own; its phones end with it.
public final class Lab implements AutoCloseable {
  private final House house;
  private final List<AutoCloseable> inUse = new ArrayList<>();

  Lab(House house) {
    this.house = house;
  }

  /// A lab with a house of its own, for programs that are no tests.
  public static Lab alone() {
    House house = House.open();
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
    return new Line(this, house, trunk, address);
  }

  /// The record of the one call of this caller, once it has ended.
  public CallSeen callOf(Phone caller) {
    return CallSeen.ended(house.office(), caller.number());
  }

  public Office office() {
    return house.office();
  }

  public AsteriskServer asterisk() {
    return house.asterisk();
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
