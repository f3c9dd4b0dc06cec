package io.tamas.lab;

import io.tamas.config.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A line to the outside world: a trunk of the test's own with an address of its own.
public final class Line {
  /// The number that is shown of calls over the line.
  public static final String SHOWN = "+982191009999";

  private static final Duration RING = Duration.ofSeconds(20);

  /// Asterisk asks every 30 s by OPTIONS, and waits some seconds for the answer.
  private static final Duration NOTICED = Duration.ofSeconds(45);

  private final Lab lab;
  private final House house;
  private final String trunk;
  private final String address;
  private final String fallback;

  /// The trunk's options for outbound calls.
  private Map<String, Object> outgoing = Map.of("callerId", SHOWN);

  /// With which it registers; empty where it does not.
  private String account = "";

  Line(Lab lab, House house, String trunk, String address, String fallback) {
    this.lab = lab;
    this.house = house;
    this.trunk = trunk;
    this.address = address;
    this.fallback = fallback;
  }

  /// The name of the trunk.
  public String trunk() {
    return trunk;
  }

  /// From which calls of this line come.
  public String address() {
    return address;
  }

  /// A new number of the company that is routed to this phone.
  public String numberOf(Phone phone) {
    return number("extension:" + phone.number());
  }

  /// A new number of the company that is routed to a destination such as `ring-group:sales`.
  public String number(String destination) {
    return number(destination, RING, false);
  }

  public String number(String destination, Duration ring, boolean recorded) {
    String number = "+982191%06d".formatted(house.nextOutside());
    house.office().route(trunk, number, destination, ring, recorded);
    return number;
  }

  /// @param more options of its route, such as its `schedule`
  public String number(String destination, Map<String, Object> more) {
    String number = "+982191%06d".formatted(house.nextOutside());
    house.office().route(trunk, number, destination, more);
    return number;
  }

  /// Calls to this number that no earlier route matches are routed here.
  public void leads(String number, String destination) {
    house.office().route(trunk, number, destination, Map.of());
  }

  /// A person outside with a telephone number of their own.
  public Phone caller(String name) {
    return lab.keep(Phone.outside(house, name, newNumber(), address, 0));
  }

  /// A person outside who claims to call from a number.
  public Phone caller(String name, String claimed) {
    return lab.keep(Phone.outside(house, name, claimed, address, 0));
  }

  /// An external party that can be called: the trunk's server is their telephone.
  public Phone callee(String name) {
    int port = FreePorts.take();
    Phone callee = lab.keep(Phone.outside(house, name, newNumber(), address, port));
    callsOutOver(address + ":" + port);
    return callee;
  }

  /// The same, with a telephone whose SIP is written by the lab.
  public RawPhone rawCallee(String name) {
    Tone tone = new Tone(310);
    RawPhone callee = lab.keep(new RawPhone(house, address, newNumber(), new Secret(""), tone));
    callsOutOver(callee.address());
    return callee;
  }

  /// The same; the trunk is known by its port, so that others may call from its address.
  public RawPhone rawCalleeByPort(String name) {
    RawPhone callee = rawCallee(name);
    house.office().trunk(trunk, callee.address(), fallback, callee.address(), outgoing);
    return callee;
  }

  /// No number is shown of calls over it.
  public Line showsNothing() {
    outgoing = Map.of();
    return this;
  }

  /// It has an account at its server, in whose name it calls, and no caller ID.
  public Line hasAccount(String user) {
    account = user;
    return showsNothing();
  }

  /// Its settings: all but these are as at the beginning.
  public Line isSetUp(Map<String, Object> settings) {
    Map<String, Object> body = new HashMap<>();
    body.put("name", trunk);
    body.put("plan", Map.of("country", "IR", "areaCode", "21"));
    body.put("addresses", List.of(address));
    body.put("fallback", fallback);
    body.putAll(settings);
    house.office().send("PUT", "/trunks/" + trunk, body);
    return this;
  }

  /// The maximum of simultaneous outbound calls.
  public Line takesCalls(int most) {
    outgoing = Map.of("callerId", SHOWN, "calls", most);
    return this;
  }

  /// A person outside who declines every call (603).
  public DecliningPhone decliningCallee() {
    DecliningPhone callee = lab.keep(DecliningPhone.outside(house, newNumber(), address));
    callsOutOver(callee.address());
    return callee;
  }

  /// The trunk's server is one that answers calls as the test says.
  public Provider provider() {
    return provider(Map.of());
  }

  /// @param more options of the trunk
  public Provider provider(Map<String, Object> more) {
    Provider provider = lab.keep(new Provider(house, address));
    Map<String, Object> options = new HashMap<>(outgoing);
    options.putAll(more);
    outgoing = options;
    callsOutOver(provider.address());
    return provider;
  }

  /// A server at the address of the line, which the trunk does not call by that.
  ///
  /// @param port where it is called
  public Provider providerAt(int port) {
    return lab.keep(new Provider(house, address, port));
  }

  /// Nothing listens at the trunk's server (ICMP, port unreachable), which Asterisk has not
  /// noticed.
  public Line refusesPackets() {
    Map<String, Object> options = new HashMap<>(outgoing);
    options.put("sip", Map.of("ignoresOptions", true));
    outgoing = options;
    callsOutOver(address + ":" + FreePorts.take());
    return this;
  }

  /// Asterisk knows that the trunk's server replies.
  public Line isReached() {
    Eventually.eventually(
        trunk + " is reachable",
        NOTICED,
        () -> house.asterisk().console("pjsip show aor trunk-" + trunk).contains(" Avail"));
    return this;
  }

  /// The trunk's server does not reply, and Asterisk has noticed.
  public Line leadsNowhere() {
    callsOutOver(address + ":" + FreePorts.take());
    return isAway();
  }

  /// Asterisk knows that the trunk's server does not reply.
  public Line isAway() {
    Eventually.eventually(
        trunk + " is not reachable",
        NOTICED,
        () -> house.asterisk().console("pjsip show aor trunk-" + trunk).contains("Unavail"));
    return this;
  }

  private void callsOutOver(String server) {
    Map<String, Object> more = new HashMap<>(outgoing);
    if (!account.isEmpty()) {
      more.put("registration", Map.of("server", server, "user", account));
    }
    house.office().trunk(trunk, address, fallback, server, more);
  }

  private String newNumber() {
    return "+98912%07d".formatted(house.nextOutside());
  }

  /// A caller whose SIP messages are written by hand.
  public RawCaller rawCaller() {
    return new RawCaller(house, address, "", new Secret(""));
  }
}
