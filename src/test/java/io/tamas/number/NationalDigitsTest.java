package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NationalDigitsTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final int E164 = 16;
  private static final int OF_EACH = 150;

  @Test
  void digitsOfEveryCountryAreReadAsByTheLibrary() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int read = 0;
    for (String region : PLANS.getSupportedRegions()) {
      NationalDigits dialling = NationalDigits.of(region);
      for (int n = 0; n < OF_EACH; n++) {
        String digits = dialled(dialling, random);
        assertEquals(
            seen(NationalDigits.byLibrary(digits, region)),
            seen(dialling.parsed(digits)),
            () -> digits + " in " + region + ", seed " + seed);
        String all = "+" + dialling.code() + digits;
        String abroad = all.substring(0, Math.min(all.length(), E164));
        assertEquals(
            seen(NationalDigits.byLibrary(abroad, "ZZ")),
            seen(InternationalDigits.prefixed(abroad)),
            () -> abroad + ", seed " + seed);
        read++;
      }
    }
    assertTrue(read > 30_000, () -> "few countries");
  }

  /// Of all lengths, some of them behind a prefix or a carrier's code, some with what Argentina
  /// dials before the number of a mobile phone, and some that differ from a real number by a digit.
  private static String dialled(NationalDigits dialling, Random random) {
    String real = PLANS.getNationalSignificantNumber(PLANS.getExampleNumber(dialling.region()));
    String before =
        switch (random.nextInt(7)) {
          case 0 -> "";
          case 1 -> dialling.code();
          case 2 -> "00" + dialling.code();
          case 3 -> "0";
          case 4 -> "0" + (10 + random.nextInt(90));
          default -> Country.of(dialling.region()).trunkPrefix();
        };
    if (random.nextInt(4) == 0) {
      int area = 1 + random.nextInt(4);
      String inside = random.nextBoolean() ? "15" : "";
      return before
          + real.substring(0, Math.min(area, real.length()))
          + inside
          + real.substring(Math.min(area, real.length()));
    }
    int kept = random.nextInt(real.length() + 1);
    StringBuilder digits = new StringBuilder(before + real.substring(0, kept));
    int more = random.nextInt(12);
    while (digits.length() < 3 || more-- > 0 && digits.length() < 20) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static Optional<String> seen(Optional<Phonenumber.PhoneNumber> number) {
    return number.map(n ->
        n.getCountryCode()
            + " "
            + PLANS.getNationalSignificantNumber(n)
            + " "
            + PLANS.isValidNumber(n));
  }
}
