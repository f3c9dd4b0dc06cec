package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.crm.Profile.Kind;
import io.tamas.number.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergedContentTest {
  private static final MergeChoice NONE = new MergeChoice(Set.of(), Set.of(), Set.of());

  private static final ProfileField.Content ONE = field(false);
  private static final ProfileField.Content SEVERAL = field(true);

  private static final Profile.Content MINE =
      new Profile.Content(
          Kind.PERSON,
          "سارا احمدی",
          Optional.empty(),
          Optional.of("customer"),
          Optional.of("leila"),
          List.of(Contents.number("+989121234567", "mobile", 5).withMain(true)),
          List.of("sara@example.ir"),
          Optional.empty(),
          List.of(3L),
          Map.of("city", "شیراز", "team", "A"),
          List.of(value(7, "1"), value(8, "a")));

  private static final Profile.Content OTHER =
      new Profile.Content(
          Kind.PERSON,
          "Sara A.",
          Optional.of(17L),
          Optional.of("partner"),
          Optional.of("leila"),
          List.of(
              Contents.number("+982191001000", "office", 0).withMain(true),
              Contents.number("+989121234567", "موبایل", 0)),
          List.of("SARA@example.ir", "s@example.ir"),
          Optional.of("Zand 12"),
          List.of(1L, 3L),
          Map.of("city", "Shiraz", "team", "A", "size", "M"),
          List.of(value(7, "2"), value(8, "a"), value(8, "b"), value(9, "gone")));

  private static final Map<Long, ProfileField.Content> FIELDS = Map.of(7L, ONE, 8L, SEVERAL);

  @Test
  void ownValuesStayAndTheRestIsUnited() {
    MergedContent merged = MergedContent.of(MINE, OTHER, NONE, FIELDS);
    assertEquals(
        new Profile.Content(
            Kind.PERSON,
            "سارا احمدی",
            Optional.of(17L),
            Optional.of("customer"),
            Optional.of("leila"),
            List.of(
                Contents.number("+989121234567", "mobile", 5).withMain(true),
                Contents.number("+982191001000", "office", 0)),
            List.of("sara@example.ir", "s@example.ir"),
            Optional.of("Zand 12"),
            List.of(1L, 3L),
            Map.of("city", "شیراز", "team", "A", "size", "M"),
            List.of(value(7, "1"), value(8, "a"), value(8, "b"))),
        merged.content());
    assertEquals(
        List.of(
            MergeConflict.of(MergeChoice.Part.NAME, "سارا احمدی", "Sara A."),
            MergeConflict.of(MergeChoice.Part.CATEGORY, "customer", "partner"),
            MergeConflict.ofField("city", "شیراز", "Shiraz"),
            MergeConflict.ofValue(7, "1", "2")),
        merged.conflicts());
    assertEquals(Optional.empty(), merged.excess());
  }

  @Test
  void whatIsTakenIsThatOfTheOther() {
    MergeChoice all =
        new MergeChoice(Set.of(MergeChoice.Part.values()), Set.of("city"), Set.of(7L, 8L));
    MergedContent merged = MergedContent.of(MINE, OTHER, all, FIELDS);
    assertEquals("Sara A.", merged.content().name());
    assertEquals(Optional.of("partner"), merged.content().category());
    assertEquals("Shiraz", merged.content().fields().get("city"));
    assertEquals(List.of(value(7, "2"), value(8, "a"), value(8, "b")), merged.content().values());
    assertEquals(
        MergeConflict.of(MergeChoice.Part.NAME, "Sara A.", "سارا احمدی"),
        merged.conflicts().getFirst());
  }

  @Test
  void whatOnlyTheOtherSaysOfANumberIsKept() {
    Profile.Content plain =
        MINE.withNumbers(List.of(Contents.number("+989121234567", "", 5).withMain(true)));
    Profile.Content other =
        OTHER.withNumbers(
            List.of(
                new Profile.Number(
                    new PhoneNumber("+989121234567"), NumberType.MOBILE, "همراه", true, 9)));
    assertEquals(
        List.of(
            new Profile.Number(
                new PhoneNumber("+989121234567"), NumberType.MOBILE, "همراه", true, 9)),
        MergedContent.of(plain, other, NONE, FIELDS).content().numbers());
  }

  @Test
  void aNumberIsNoName() {
    Profile.Content unknown =
        Contents.of(
            Kind.PERSON,
            "+989121234567",
            Optional.of("unknown"),
            Optional.empty(),
            List.of(Contents.number("+989121234567", "", 0)),
            Map.of());
    for (MergedContent merged :
        List.of(
            MergedContent.of(unknown, OTHER, NONE, FIELDS),
            MergedContent.of(OTHER, unknown, NONE, FIELDS))) {
      assertEquals("Sara A.", merged.content().name());
      assertTrue(
          merged.conflicts().stream().noneMatch(one -> one.of() == MergeConflict.Of.NAME),
          merged.conflicts()::toString);
    }
  }

  @Test
  void moreThanAProfileMayHaveIsNamed() {
    Profile.Content many =
        Contents.of(
            Kind.PERSON,
            "x",
            Optional.empty(),
            Optional.empty(),
            IntStream.range(0, 50)
                .mapToObj(i -> Contents.number("+9891200000%02d".formatted(i), "", 0))
                .toList(),
            Map.of());
    assertEquals(
        Optional.of("together they have 51 numbers, and a profile may not have more than 50"),
        MergedContent.of(many, MINE, NONE, FIELDS).excess());
  }

  private static ProfileField.Content field(boolean several) {
    return new ProfileField.Content("f", FieldType.TEXT, several, List.of(), Optional.empty());
  }

  private static FieldValue value(long field, String text) {
    return new FieldValue(field, text, Optional.empty());
  }
}
