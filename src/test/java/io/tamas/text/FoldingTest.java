package io.tamas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {
  private static final int RANDOM_TEXTS = 5_000;

  @ParameterizedTest
  @CsvSource({
    "Sara AHMADI, sara ahmadi",
    "'  two   spaces ', two spaces",
    "علي كريمي, علی کریمی",
    "علی‌رضا, علیرضا",
    "شرکت ۱۲۳, شرکت 123",
    "İSTANBUL Işık, istanbul isik",
    "Çağlar, caglar",
    "Алёна, алена",
    "Müller, muller",
    "ＡＢＣ, abc",
    // heh
    "خانۀ, خانه",
    "خانهٔ, خانه",
    "فاطمة, فاطمه",
    "ھادی, هادی",
    "ہاشم, هاشم",
    "مۂر, مهر",
    "مکۃ, مکه",
    "ژاڵە, ژاله",
    // alef, waw, yeh, kaf and the marks upon them
    "ٱحمد, احمد",
    "أحمد إبراهيم آزاد, احمد ابراهیم ازاد",
    "مؤمن, مومن",
    "رئيس, رییس",
    "گۆران, گوران",
    "ئۇيغۇر, یویغور",
    "نێچیرڤان, نیچیرفان",
    "ڕێبوار, ریبوار",
    "علے, علی",
    "پټان, پتان",
    "خټک ډاګی ړ ڼ, ختک داگی ر ن",
    "ٹنڈو ڑ ں, تندو ر ن",
    "ڪريم, کریم",
    "ضیاء, ضیا",
    "علاءالدين, علاالدین",
    "عـــلی, علی",
    "ﻋﻠﻲ, علی",
    "مُحَمَّد, محمد",
    // Latin and Greek
    "Straße STRASSE STRAẞE, strasse strasse strasse",
    "Søren Łukasz Đorđe Æsa Œuvre, soren lukasz dorde aesa oeuvre",
    "ΣΑΣ Σας, σασ σασ",
    "O’Brien, o'brien",
    "Anne–Marie, anne-marie",
    // digits and emoji
    "٤٥6 ۷ ①, 456 7 1",
    "1️⃣2️⃣, 12",
    "👍🏽, 👍",
  })
  void lettersThatMeanTheSameAreTheSame(String text, String folded) {
    assertEquals(folded, Folding.fold(text));
    assertEquals(folded, Folding.fold(folded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ə", "پ", "چ", "ژ", "گ", "ث", "ظ", "щ", "%", "_", "\\", "+98", "👍"})
  void othersStayAsTheyAre(String text) {
    assertEquals(text, Folding.fold(text));
  }

  @ParameterizedTest
  @CsvSource({"ک, گ", "ب, پ", "س, ش", "ə, e", "Али, Оля"})
  void whatIsAnotherLetterStaysAnother(String one, String other) {
    assertNotEquals(Folding.fold(one), Folding.fold(other));
  }

  @Test
  void spacesThatAppearWhileFoldingAreOneToo() {
    assertEquals("a b", Folding.fold("a \u200c b"));
    assertEquals("a b", Folding.fold("\u0000 a \t\n \u00a0´b\ufe70"));
  }

  @Test
  void everyCharacterIsFoldedAtOnce() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String character = Character.toString(c);
      assertFoldedAtOnce(character, () -> "U+%04X".formatted(character.codePointAt(0)));
    }
  }

  @Test
  void everyTextIsFoldedAtOnceAndItsPartsArePartsOfIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_TEXTS; i++) {
      String text = text(random);
      assertFoldedAtOnce(text, () -> "seed " + seed);
      String part = text.substring(random.nextInt(text.length()));
      assertTrue(Folding.fold(text).contains(Folding.fold(part)), () -> "seed " + seed);
    }
  }

  @Test
  void aSearchKnowsTheFormsOfAllVersions() {
    assertEquals(List.of("علی"), Folding.forms("علي"));
    assertEquals(List.of("خانه", "خان\u06d5"), Folding.forms("خانۀ"));
    assertEquals(List.of("1", "1\u20e3"), Folding.forms("1️⃣"));
  }

  private static void assertFoldedAtOnce(String text, Supplier<String> which) {
    String folded = Folding.fold(text);
    assertEquals(folded, Folding.fold(folded), which);
  }

  /// Characters of all planes, most of them from where those live that matter here.
  private static String text(Random random) {
    return IntStream.range(0, 1 + random.nextInt(12))
        .map(_ -> random.nextInt(bound(random)))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static int bound(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0x100;
      case 1 -> 0x800;
      case 2 -> 0x10000;
      default -> Character.MAX_CODE_POINT + 1;
    };
  }
}
