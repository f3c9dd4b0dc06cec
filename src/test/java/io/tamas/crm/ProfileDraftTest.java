package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.crm.Profile.Kind;
import io.tamas.json.Json;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileDraftTest {
  private static final WrittenNumbers TEHRAN =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));

  @Test
  void onlyKindAndNameAreNeeded() {
    assertEquals(
        Contents.of(
            Kind.ORGANISATION, "Acme", Optional.empty(), Optional.empty(), List.of(), Map.of()),
        read("{\"kind\":\"organisation\",\"name\":\" Acme \"}").content(TEHRAN));
  }

  @Test
  void numbersBecomeInternational() {
    assertEquals(
        List.of(
            Contents.number(new PhoneNumber("+989121234567"), "mobile", 2).withMain(true),
            Contents.number(new PhoneNumber("+982191001000"), "", 0)),
        read("""
        {"kind":"person","name":"Sara","numbers":[
          {"number":"0098 912 123 4567","label":"mobile","priority":2},
          {"number":"(021) 9100-1000"}]}
        """)
            .content(TEHRAN)
            .numbers());
  }

  @Test
  void theTypeIsWhatIsGivenElseWhatTheLabelSays() {
    List<Profile.Number> numbers =
        read("""
        {"kind":"person","name":"Sara","numbers":[
          {"number":"09121234567","label":"همراه"},
          {"number":"09121234568","type":"FAX","label":"همراه","main":true},
          {"number":"09121234569","main":false}]}
        """)
            .content(TEHRAN)
            .numbers();
    assertEquals(
        List.of(NumberType.MOBILE, NumberType.FAX, NumberType.OTHER),
        numbers.stream().map(Profile.Number::type).toList());
    assertEquals(List.of(false, true, false), numbers.stream().map(Profile.Number::main).toList());
  }

  @Test
  void whatIsInAPhoneBookIsKeptInItsForm() {
    Profile.Content content =
        read("""
        {"kind":"person","name":"Sara","organisation":17,
         "emails":[" Sara@Example.ir ","sara@mail.example"],"address":" Zand 12\\r\\nShiraz\\n"}
        """)
            .content(TEHRAN);
    assertEquals(Optional.of(17L), content.organisation());
    assertEquals(List.of("Sara@Example.ir", "sara@mail.example"), content.emails());
    assertEquals(Optional.of("Zand 12\nShiraz"), content.address());
  }

  @Test
  void whatAPhoneBookCannotHaveIsToldFieldByField() {
    Problem problem =
        assertThrows(
            Problem.class,
            () ->
                read("""
                {"kind":"organisation","name":"Acme","organisation":17,
                 "emails":["no one@example.ir","a@b.ir","A@B.IR"],"address":" \\n ",
                 "numbers":[{"number":"09121234567","main":true},
                            {"number":"09121234568","main":true}]}
                """)
                    .content(TEHRAN));

    assertEquals(
        List.of("/organisation", "/numbers/1/main", "/emails/0", "/emails/2", "/address"),
        problem.faults().stream().map(Problem.Fault::pointer).toList());
  }

  @Test
  void aNameThatShowsNothingIsRefused() {
    for (String unseen : List.of("\u200d", "\u200c ", "\u3164", "\u2800")) {
      Problem problem =
          assertThrows(
              Problem.class,
              () -> read("{\"kind\":\"person\",\"name\":\"" + unseen + "\"}").content(TEHRAN));
      assertEquals(
          List.of("must have a visible character"),
          problem.faults().stream().map(Problem.Fault::detail).toList());
    }
  }

  @Test
  void everyFaultIsReportedAtOnce() {
    Problem problem =
        assertThrows(
            Problem.class,
            () ->
                read("""
                {"kind":"person","name":"Sa\\u0000ra","category":" ",
                 "fields":{"a/b":"nul \\u0000"},
                 "numbers":[{"number":"0912"},{"number":"+989121234567"},
                            {"number":"۰۹۱۲ ۱۲۳ ۴۵۶۷"}]}
                """)
                    .content(TEHRAN));

    assertEquals(422, problem.status());
    assertEquals(
        List.of("/name", "/category", "/fields/a~1b", "/numbers/0/number", "/numbers/2/number"),
        problem.faults().stream().map(Problem.Fault::pointer).toList());
  }

  @Test
  void aNameHasOnlyWhatCanBeSeen() {
    assertEquals(
        "live علی\u200cرضا",
        read("{\"kind\":\"person\",\"name\":\"\u202elive علی\u200cرضا\u200f\"}")
            .content(TEHRAN)
            .name());
    assertThrows(
        Problem.class,
        () -> read("{\"kind\":\"person\",\"name\":\"\u202e\u200b\"}").content(TEHRAN));
  }

  @Test
  void cursorIsReadAsItWasWritten() {
    ProfileCursor cursor = new ProfileCursor("علی", 17);

    assertEquals(cursor, ProfileCursor.parse(cursor.text()));
    String ofNobody = Cursor.of("profiles", "nobody", "علی").text();
    for (String wrong : List.of("", "AAAA", "!", ofNobody, Cursor.of("calls", 17, "علی").text())) {
      assertThrows(Problem.class, () -> ProfileCursor.parse(wrong), wrong);
    }
  }

  private static ProfileDraft read(String json) {
    return Json.read(json, ProfileDraft.class);
  }
}
