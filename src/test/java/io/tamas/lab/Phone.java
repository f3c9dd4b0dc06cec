package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.Secret;
import io.tamas.lab.PhoneControl.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// A telephone and the person who uses it. Each step waits until what it says is so.
public final class Phone implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String ELSEWHERE = "Reason: SIP;cause=200;text=\"Call completed elsewhere\"";
  private static final Pattern USER = Pattern.compile("sips?:([^@;>]*).*");

  /// Each phone has a tone of its own, 37 Hz above that of the one before.
  private static final AtomicInteger TONES = new AtomicInteger();

  private final String number;
  final String account;
  private final String host;
  private final int sipPort;
  final PhoneSeen seen;
  private final Tone tone;
  private final Baresip device;
  private final Ear ear;
  private final PhoneControl control;
  private final Habit habit = new Habit();

  /// The call that the steps speak of: an incoming or an outgoing one, its events from this one on.
  private boolean incoming = true;

  private int callBegan = -1;

  Phone(House house, String folder, String number, String account, String host, int sipPort) {
    this.number = number;
    this.account = account;
    this.host = host;
    this.sipPort = house.asterisk().settings().sipPort();
    this.seen = new PhoneSeen(house.asterisk(), number);
    this.tone = new Tone(400 + 37 * (TONES.getAndIncrement() % 40));
    this.device = Baresip.of(house, folder, account, host, sipPort, tone);
    this.ear = new Ear(number, device);
    try {
      this.control = device.control(this::onEvent);
    } catch (IOException e) {
      device.close();
      throw new UncheckedIOException(e);
    }
  }

  static Phone registered(House house, String name, String number, Secret password) {
    int sipPort = house.asterisk().settings().sipPort();
    String account =
        "\"%s\" <sip:%s@127.0.0.1:%d>;auth_pass=%s;regint=300;answermode=manual"
            .formatted(name, number, sipPort, password.reveal());
    Phone phone = new Phone(house, number, number, account, "127.0.0.1", 0);
    eventually(number + " is registered", DEADLINE, phone.seen::isRegistered);
    return phone;
  }

  /// @param sipPort where it can be called; 0: it only calls
  static Phone outside(House house, String name, String number, String address, int sipPort) {
    String account =
        "\"%s\" <sip:%s@%s>;regint=0;answermode=manual".formatted(name, number, address);
    // several may call from the same number
    String folder = "outside" + house.nextOutside() + number.replace("+", "-");
    return new Phone(house, folder, number, account, address, sipPort);
  }

  /// Its extension or telephone number.
  public String number() {
    return number;
  }

  /// The number of somebody in Iran, as it is dialled there.
  public String nationalNumber() {
    return "0" + number.substring("+98".length());
  }

  /// What its user says into it.
  public Tone tone() {
    return tone;
  }

  /// It is unregistered and so receives no calls, as when its user has signed out. It can call.
  public Phone signsOut() {
    control.send("uadel", "sip:%s@127.0.0.1:%d".formatted(number, sipPort));
    control.send("uanew", account.replaceFirst("regint=[0-9]+", "regint=0"));
    eventually(number + " is not registered", DEADLINE, () -> !seen.isRegistered());
    return this;
  }

  // Calling

  public Phone calls(Phone other) {
    return calls(other.number());
  }

  public Phone calls(String dialled) {
    incoming = false;
    callBegan = control.events().size();
    control.send("dial", "sip:" + dialled.replace("#", "%23") + "@127.0.0.1:" + sipPort);
    return this;
  }

  public Phone hearsRinging() {
    ofCall("it hears the ring tone", "CALL_RINGING");
    return this;
  }

  // Being called

  /// From now on it answers by itself.
  public Phone willAnswer() {
    return willAnswerAfter(Duration.ZERO);
  }

  public Phone willAnswerAfter(Duration delay) {
    habit.answersAfter(delay);
    return this;
  }

  /// From now on it is busy (486).
  public Phone isBusy() {
    habit.refuses();
    return this;
  }

  public Phone rings() {
    int after = callBegan;
    Event ringing =
        control.await(
            number + ": it rings",
            DEADLINE,
            event -> event.number() > after && event.type().equals("CALL_INCOMING"));
    incoming = true;
    callBegan = ringing.number();
    return this;
  }

  public Phone doesNotRing() {
    assertEquals(
        0, control.events().stream().filter(e -> e.type().equals("CALL_INCOMING")).count());
    return this;
  }

  /// The name on its display.
  public Phone showing(String name) {
    assertEquals(name, ofCall("it shows a name", "CALL_INCOMING").peerName());
    return this;
  }

  /// The number on its display.
  public Phone showingNumber(String caller) {
    String peer = ofCall("it shows a number", "CALL_INCOMING").peer();
    assertEquals(caller, USER.matcher(peer).replaceFirst("$1"));
    return this;
  }

  public Phone answers() {
    control.send("accept", "");
    return talks();
  }

  /// Refuses the call that rings (486).
  public Phone refuses() {
    control.send("hangup", "");
    return callEnds();
  }

  // Talking

  public Phone talks() {
    ofCall("it is connected", "CALL_ESTABLISHED");
    return this;
  }

  public Phone hangsUp() {
    control.send("hangup", "");
    return this;
  }

  /// Presses keys during the call.
  public Phone sends(String digits) {
    for (char digit : digits.toCharArray()) {
      control.send("sndcode", Character.toString(digit));
    }
    return this;
  }

  /// The other's voice arrives from now on, for half a second at least.
  public Phone hears(Phone other) {
    return hears(other.tone);
  }

  public Phone hears(Tone voice) {
    ear.hears(voice);
    return this;
  }

  /// Of these tones just so many have arrived since the call began, in this order.
  public Phone hearsInTurn(Tone... expected) {
    ear.hearsInTurn(expected);
    return this;
  }

  public Phone neverHears(Tone voice) {
    ear.neverHears(voice);
    return this;
  }

  /// Something else than the other's voice arrives, for so long at least.
  public Phone hearsMusicInsteadOf(Phone other, Duration atLeast) {
    return hearsSomethingElseThan(other.tone, atLeast);
  }

  public Phone hearsSomethingElseThan(Tone voice, Duration atLeast) {
    ear.hearsSomethingElseThan(voice, atLeast);
    return this;
  }

  /// An announcement is played to it, also before the call is answered.
  public Phone hearsAVoice(Duration atLeast) {
    ear.hearsAnything(atLeast);
    return this;
  }

  // Handing on: the keys are those of asterisk-conf/features.conf

  /// Consults a colleague for an attended transfer; the other side hears music.
  public Phone consults(Phone colleague) {
    return consults(colleague.number);
  }

  public Phone consults(String dialled) {
    return sends("#" + dialled + "#");
  }

  /// In the call that it has now colleagues ring no longer than that while it consults them; else
  /// for 15 s.
  public Phone waitsForColleagues(Duration longest) {
    seen.waitsForColleagues(longest);
    return this;
  }

  /// Cancels the transfer and returns to the other side.
  public Phone cancels() {
    return sends("*1");
  }

  /// Completes the transfer by key instead of hanging up.
  public Phone completes() {
    return sends("*2");
  }

  /// Starts a three-way call.
  public Phone joinsAll() {
    return sends("*3");
  }

  /// Swaps to the other one of the two.
  public Phone swaps() {
    return sends("*4");
  }

  /// Transfers the call blind.
  public Phone transfersTo(Phone colleague) {
    return transfersTo(colleague.number);
  }

  public Phone transfersTo(String dialled) {
    return sends("*0" + dialled + "#");
  }

  /// The same by its own button: SIP REFER.
  public Phone refersTo(Phone colleague) {
    return refersTo(colleague.number);
  }

  public Phone refersTo(String dialled) {
    control.send("transfer", "sip:" + dialled + "@127.0.0.1");
    return this;
  }

  /// Connects its two calls and leaves, by its own button: SIP REFER with Replaces (RFC 3891), as
  /// seen by Asterisk, at which the second call ends.
  public Phone connectsItsCalls() {
    String replaces = seen.replacesOfSecondCall();
    control.send("callfind", seen.firstCallId());
    control.send("transfer", "sip:other@127.0.0.1?Replaces=" + replaces);
    return this;
  }

  public Phone holds() {
    control.send("hold", "");
    return this;
  }

  public Phone resumes() {
    // it resumes, and then says that it has no other call to put on hold in its place
    control.ask("resume", "");
    return this;
  }

  /// Pauses the recording of the call, or ends the pause.
  public Phone pausesRecording() {
    return sends("*5");
  }

  /// Parks the call and hears its slot.
  public String parks() {
    eventually(
        number + " has retrieved what it parked before", DEADLINE, () -> seen.parkedAt().isEmpty());
    return sends("*7").parkedCall();
  }

  /// The slot of the call that it has parked.
  public String parkedCall() {
    return Eventually.found(number + " has parked a call", DEADLINE, seen::parkedAt);
  }

  /// Picks up a call that rings in its groups.
  public Phone picksUp() {
    return calls("0");
  }

  /// Picks up the call that rings at another phone.
  public Phone picksUp(Phone other) {
    return calls("*8" + other.number);
  }

  public Phone callEnds() {
    ofCall("the call ends", "CALL_CLOSED");
    return this;
  }

  /// Whether its latest call has ended already.
  public boolean isRefused() {
    return control.events().stream()
        .anyMatch(event -> event.number() >= callBegan && event.type().equals("CALL_CLOSED"));
  }

  /// The call that it made failed with this SIP status, such as 486.
  public Phone isTold(int status) {
    String why = ofCall("the call ends", "CALL_CLOSED").detail();
    assertEquals(Integer.toString(status), why.split(" ", 2)[0], why);
    return this;
  }

  /// It rang, and shows no missed call: it was told that another device has the call (RFC 3326).
  public Phone missedNothing() {
    callEnds();
    eventually(number + " is told why it stops", DEADLINE, () -> device.log().contains(ELSEWHERE));
    return this;
  }

  /// Where it can be called: `host:port`.
  public String address() {
    return device.address();
  }

  private void onEvent(Event event) {
    if (event.type().equals("CALL_INCOMING")) {
      habit.rings(control);
    }
  }

  private Event ofCall(String what, String type) {
    if (callBegan < 0) {
      rings();
    }
    return control.await(
        number + ": " + what,
        DEADLINE,
        event ->
            event.number() >= callBegan
                && event.incoming() == incoming
                && event.type().equals(type));
  }

  @Override
  public void close() {
    try {
      control.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      device.close();
    }
  }

  @Override
  public String toString() {
    return number + " at " + host;
  }
}
