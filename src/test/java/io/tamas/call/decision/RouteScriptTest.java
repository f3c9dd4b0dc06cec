package io.tamas.call.decision;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.asterisk.agi.Environments;
import io.tamas.asterisk.agi.Variable;
import io.tamas.call.record.DecisionNote;
import io.tamas.company.Company;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Destination.ToVoicemail;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.crm.Caller;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteScriptTest {
  private static final Instant NOW = Instant.parse("2026-03-21T08:00:00Z");
  private static final ExtensionNumber PHONE = new ExtensionNumber("101");
  private static final ExtensionNumber LATER = new ExtensionNumber("103");
  private static final PhoneNumber CALLER = new PhoneNumber("+989121234567");
  private static final PhoneNumber DIALLED = new PhoneNumber("+982191001000");
  private static final PhoneNumber MAILBOX = new PhoneNumber("+982191001009");
  private static final Trunk TRUNK =
      Trunk.of("demo", new NumberingPlan("IR", "21"), List.of("127.0.0.2"), PHONE);

  private final List<String> lookedUp = new ArrayList<>();

  @Test
  void callFromATrunkIsParsedByTheTrunksPlanAndItsCallerLookedUp() {
    assertEquals(
        new CallContext(
            "cell-1700000000.1",
            "cell-1700000000.1",
            new Origin.FromTrunk("demo"),
            new CallerId.Number(CALLER),
            new CallerId.Number(DIALLED),
            "02191001000",
            NOW),
        read(Environments.inboundCall()));
    script(false).answer(Environments.inboundCall().request(), SipHeaders.NONE);
    assertEquals(List.of("+989121234567 cell-1700000000.1"), lookedUp);
  }

  @Test
  void aCallFromAPhoneIsFromItsExtensionWhateverItClaims() {
    assertEquals(
        new CallContext(
            "cell-1700000000.1",
            "cell-1700000000.1",
            new Origin.FromPhone(PHONE),
            new CallerId.Internal(PHONE),
            new CallerId.Internal(new ExtensionNumber("102")),
            "102",
            NOW),
        read(phone("102")));
    script(false).answer(phone("102").request(), SipHeaders.NONE);
    assertEquals(List.of(), lookedUp);
  }

  @Test
  void longerNumberFromAPhoneIsParsedByTheFirstTrunksPlan() {
    assertEquals(new CallerId.Number(DIALLED), read(phone("02191001000")).dialled());
  }

  @ParameterizedTest
  @CsvSource({"agi_callingpres, 35", "agi_callerid, unknown", "agi_callerid, anonymous"})
  void aWithheldNumberIsNotLookedUp(String header, String value) {
    Environments withheld = Environments.inboundCall().with(header, value);
    assertEquals(new CallerId.Anonymous(), read(withheld).caller());
    script(false).answer(withheld.request(), SipHeaders.NONE);
    assertEquals(List.of(), lookedUp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"101", "+101", "1-0-1", "<sip:101@pbx.example>"})
  void externalCallerWithAnExtensionsNumberIsAnonymous(String number) {
    Environments spoofed = Environments.inboundCall().with("agi_callerid", number);
    assertEquals(new CallerId.Anonymous(), read(spoofed).caller());
    assertEquals(
        new Variable("CALLERID(num)", "anonymous"),
        script(false).answer(spoofed.request(), SipHeaders.NONE).getFirst());
    assertEquals(List.of(), lookedUp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"09121234567", "9121234567", "989121234567"})
  void callerIsShownWithAPlusWhereAPrefixIsDialled(String number) {
    List<Part> parts = new ArrayList<>(company(false).parts().toList());
    parts.add(
        new OutgoingProfile(
            "nine", "x", TRUNK.plan(), Optional.of("9"), List.of(), Optional.empty()));
    Environments call = Environments.inboundCall().with("agi_callerid", number);
    List<Variable> corrections =
        DialplanRequest.read(
                call.request(), SipHeaders.NONE, Directory.of(Company.of(1, parts)), NOW)
            .corrections();
    assertEquals(List.of(new Variable("CALLERID(num)", CALLER.e164())), corrections);
  }

  @Test
  void aCallIsAnsweredInFull() {
    Map<String, String> answer = new LinkedHashMap<>();
    script(true)
        .answer(Environments.inboundCall().request(), SipHeaders.NONE)
        .forEach(variable -> answer.put(variable.name(), variable.value()));
    DecisionNote note =
        DecisionNote.decode(requireNonNull(answer.remove("TAMAS_NOTE"))).orElseThrow();
    assertEquals("route:main", note.rule());
    assertEquals(Optional.of(7L), note.profile());
    assertEquals(
        Map.of(
            "CALLERID(name)", "علی",
            "TAMAS_RECORDING", new UUID(0, 1).toString(),
            "TAMAS_DIAL_1", "PJSIP/101",
            "TAMAS_RING_1", "25",
            "TAMAS_STAGES", "1",
            "TAMAS_ROOM", "480",
            "TAMAS_ACTION", "ring"),
        answer);
    assertEquals("TAMAS_ACTION", List.copyOf(answer.keySet()).getLast());
  }

  @Test
  void aCallThatIsNotRungIsNotRecorded() {
    List<Variable> refused =
        script(true)
            .answer(
                Environments.inboundCall().with("agi_arg_4", "02191009999").request(),
                SipHeaders.NONE);
    assertEquals(
        List.of("TAMAS_NOTE", "TAMAS_CAUSE", "TAMAS_ROOM", "TAMAS_ACTION"),
        refused.stream().map(Variable::name).filter(name -> !name.startsWith("CALLERID")).toList());
  }

  @Test
  void dialplanStartsNoRecordingOfATransferredCall() {
    List<Variable> answer =
        script(true)
            .answer(
                Environments.inboundCall().with("agi_arg_5", "later").request(), SipHeaders.NONE);
    assertEquals(
        List.of(), answer.stream().filter(v -> v.name().equals("TAMAS_RECORDING")).toList());
  }

  /// Of a call that is recorded or not, and of a transferred one.
  @ParameterizedTest
  @ValueSource(strings = {"-", "later", "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11"})
  void eachMessageIsASeparateRecording(String recording) {
    List<Variable> answer =
        script(false)
            .answer(
                Environments.inboundCall()
                    .with("agi_arg_4", "02191001009")
                    .with("agi_arg_5", recording)
                    .request(),
                SipHeaders.NONE);
    assertEquals(
        List.of(new Variable("TAMAS_MESSAGE", new UUID(0, 1).toString())),
        answer.stream()
            .filter(v -> Set.of("TAMAS_MESSAGE", "TAMAS_RECORDING").contains(v.name()))
            .toList());
  }

  @Test
  void invalidRequestOfTheDialplanFailsTheSession() {
    RouteScript script = script(false);
    List.of(
            Environments.inboundCall().with("agi_arg_2", "gone"),
            Environments.inboundCall().with("agi_arg_1", "fax"),
            Environments.inboundCall().with("agi_arg_9", "more"),
            Environments.inboundCall().without("agi_arg_2"),
            Environments.inboundCall().without("agi_arg_8"),
            phone("102").with("agi_arg_2", "101&PJSIP/1"))
        .forEach(environment ->
            assertThrows(
                IllegalArgumentException.class,
                () -> script.answer(environment.request(), SipHeaders.NONE)));
  }

  @Test
  void dialplanDoesWithoutTamasBeforeThereIsACompany() {
    RouteScript script =
        new RouteScript(
            () -> Directory.of(Company.empty()),
            Circumstances.CALM,
            (_, _) -> Caller.unknown(),
            _ -> true,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> new UUID(0, 1));
    assertEquals(List.of(), script.answer(Environments.inboundCall().request(), SipHeaders.NONE));
    assertEquals(List.of(), script.answer(phone("102").request(), SipHeaders.NONE));
  }

  @Test
  void aFeatureCodeThatIsNotStoredIsRefusedAndSaysSo() {
    Directory directory = Directory.of(company(false));
    RouteScript script =
        new RouteScript(
            () -> directory,
            Circumstances.CALM,
            (_, _) -> Caller.unknown(),
            _ -> false,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> new UUID(0, 1));
    Map<String, String> answer = new LinkedHashMap<>();
    script
        .answer(phone("*78").request(), SipHeaders.NONE)
        .forEach(variable -> answer.put(variable.name(), variable.value()));
    DecisionNote note =
        DecisionNote.decode(requireNonNull(answer.remove("TAMAS_NOTE"))).orElseThrow();
    assertEquals(
        List.of(
            new Trace.Step("code:do-not-disturb", "matched"),
            new Trace.Step("code:do-not-disturb", "not-stored")),
        note.trace().steps());
    answer.remove("TAMAS_ROOM");
    assertEquals(
        Map.of(
            "TAMAS_CAUSE", "41", "TAMAS_SAY", "something-terribly-wrong", "TAMAS_ACTION", "refuse"),
        answer);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Leila, Leila, -",
        "'Leila \"the boss\"', Leila the boss, 'Leila \"the boss\"'",
        "'Leila  ', Leila, -",
        "کارشناس ارشد فروش, کارشناس, کارشناس ارشد فروش"
      })
  void theWholeNameIsNotedWhereAsteriskHoldsAnother(String name, String held, String noted) {
    Directory directory =
        Directory.of(companyOf(1, List.of(Extension.of(PHONE, name)), List.of(TRUNK)));
    RouteScript script =
        new RouteScript(
            () -> directory,
            Circumstances.CALM,
            (_, _) -> Caller.unknown(),
            _ -> true,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> new UUID(0, 1));
    String note =
        script
            .answer(phone("102").with("agi_calleridname", held).request(), SipHeaders.NONE)
            .stream()
            .filter(variable -> variable.name().equals("TAMAS_NOTE"))
            .findFirst()
            .orElseThrow()
            .value();
    assertEquals(Optional.ofNullable(noted), DecisionNote.decode(note).orElseThrow().callerName());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      quoteCharacter = '~',
      value = {
        "Ali B, -, -",
        "A \\\"B\\\" \\\\C <x>, A \"B\" \\C <x>, A \"B\" \\C <x>",
        "\\, \\, \\",
        "-, -, -",
      })
  void aNameInQuotesIsShownAndNotedAsItIsMeant(String sent, String shown, String noted) {
    Environments call = Environments.inboundCall();
    Environments named = sent == null ? call : call.with("agi_calleridname", sent);
    RouteScript script =
        new RouteScript(
            () -> Directory.of(company(false)),
            Circumstances.CALM,
            (_, _) -> Caller.unknown(),
            _ -> true,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> new UUID(0, 1));
    List<Variable> answer = script.answer(named.request(), SipHeaders.NONE);
    assertEquals(Optional.ofNullable(shown), value(answer, "CALLERID(name)"));
    assertEquals(
        Optional.ofNullable(noted),
        DecisionNote.decode(value(answer, "TAMAS_NOTE").orElseThrow()).orElseThrow().callerName());
  }

  private static Optional<String> value(List<Variable> answer, String name) {
    return answer.stream()
        .filter(variable -> variable.name().equals(name))
        .map(Variable::value)
        .findFirst();
  }

  private static CallContext read(Environments environment) {
    return DialplanRequest.read(
            environment.request(), SipHeaders.NONE, Directory.of(company(false)), NOW)
        .call();
  }

  private RouteScript script(boolean recorded) {
    Directory directory = Directory.of(company(recorded));
    return new RouteScript(
        () -> directory,
        Circumstances.CALM,
        (number, channel) -> {
          lookedUp.add(number + " " + channel);
          return new Caller(List.of(new Caller.Candidate(7, "علی")));
        },
        _ -> true,
        Clock.fixed(NOW, ZoneOffset.UTC),
        () -> new UUID(0, 1));
  }

  private static Company company(boolean recorded) {
    InboundRoute main =
        InboundRoute.of(
            "main",
            1,
            Optional.empty(),
            List.of(DIALLED.e164()),
            Optional.empty(),
            new ToExtension(PHONE),
            Optional.empty(),
            Duration.ofSeconds(25),
            recorded);
    InboundRoute mailbox =
        InboundRoute.of(
            "mailbox",
            2,
            Optional.empty(),
            List.of(MAILBOX.e164()),
            Optional.empty(),
            new ToVoicemail(LATER),
            Optional.empty(),
            Duration.ofSeconds(25),
            recorded);
    Extension extension = Extension.of(PHONE, "Sara");
    return companyOf(1, List.of(extension, withMailbox()), List.of(TRUNK), List.of(main, mailbox));
  }

  private static Extension withMailbox() {
    return Yamls.extension("number: '%s', name: Zahra, mailbox: {}".formatted(LATER.digits()));
  }

  private static Environments phone(String dialled) {
    return Environments.inboundCall()
        .with("agi_callerid", "+10000000000")
        .with("agi_arg_1", "phone")
        .with("agi_arg_2", "101")
        .with("agi_arg_4", dialled);
  }

  @SafeVarargs
  private static Company companyOf(long version, List<? extends Part>... kinds) {
    return Company.of(version, Arrays.stream(kinds).flatMap(List::stream).toList());
  }
}
