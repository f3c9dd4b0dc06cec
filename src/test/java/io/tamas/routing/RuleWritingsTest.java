package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.tamas.company.Company;
import io.tamas.company.Company.NumberFormat;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberPattern;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenPattern;
import io.tamas.routing.CallContext.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random rules, plans and numbers: every writing of a number is decided alike. Premium numbers are
/// among them, many of which the library holds for invalid.
class RuleWritingsTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final ExtensionNumber CALLER = new ExtensionNumber("101");
  private static final int ROUNDS = 1_000;

  /// More digits are no number (E.164), but for a prefix before them.
  private static final int LONGEST = 15;

  private static final List<NumberingPlan> AT =
      List.of(
          new NumberingPlan("IR", "21"),
          new NumberingPlan("TR", "212"),
          new NumberingPlan("RU", "495"),
          new NumberingPlan("RU", "4912"),
          new NumberingPlan("DE", "30"),
          new NumberingPlan("GB", "20"),
          new NumberingPlan("FR", ""),
          new NumberingPlan("US", "212"),
          new NumberingPlan("BR", "11"),
          new NumberingPlan("MX", "55"),
          new NumberingPlan("IT", "06"),
          new NumberingPlan("AE", "4"),
          new NumberingPlan("KZ", "727"),
          new NumberingPlan("AZ", "12"),
          new NumberingPlan("UZ", "71"),
          new NumberingPlan("AF", "20"),
          new NumberingPlan("GE", "32"),
          new NumberingPlan("IQ", "1"));

  /// Beginnings of expensive numbers.
  private static final List<String> PREMIUM =
      List.of(
          "IR 909", "IR 9099", "TR 900", "TR 888", "RU 809", "RU 803", "DE 900", "DE 1900",
          "GB 909", "GB 872", "FR 899", "US 900", "BR 900", "MX 900", "IT 899", "KZ 809", "AE 900");

  private static final List<PhoneNumberType> TYPES =
      List.of(
          PhoneNumberType.MOBILE,
          PhoneNumberType.FIXED_LINE,
          PhoneNumberType.PREMIUM_RATE,
          PhoneNumberType.SHARED_COST,
          PhoneNumberType.TOLL_FREE);

  private final Random random;
  private int denied;
  private int allowed;
  private int writings;

  RuleWritingsTest() {
    long seed = Long.getLong("tamas.seed", System.nanoTime());
    System.out.println("rules and writings: seed " + seed);
    random = new Random(seed);
  }

  /// A number of the public network.
  private record Called(String code, String national) {
    String e164() {
      return "+" + code + national;
    }
  }

  @Test
  void everyWritingOfANumberIsDecidedAlike() {
    for (int round = 0; round < ROUNDS; round++) {
      NumberingPlan plan = any(AT);
      Called number = number(plan);
      Directory company = company(plan, rules(number, plan));
      String wanted = decided(number.e164(), company);
      for (String written : writings(number, plan)) {
        assertEquals(wanted, decided(written, company), () -> told(plan, number, written, company));
        writings++;
      }
      forwardsAlike(number, plan, company, wanted);
      bareIsNoWayRound(number, plan, company, wanted);
    }
    System.out.println(
        denied + " denied, " + allowed + " allowed, " + writings + " further writings");
    assertTrue(denied > ROUNDS && allowed > ROUNDS, denied + " " + allowed);
  }

  @Test
  void whatARuleDeniesInOneWritingIsDeniedInAll() {
    int read = 0;
    for (int round = 0; round < ROUNDS / 4; round++) {
      NumberingPlan plan = any(AT);
      Called number = number(plan);
      String written = any(List.copyOf(writings(number, plan)));
      boolean asItIs = written.startsWith("+") && NumberPattern.isValid(written);
      Optional<NumberPattern> pattern =
          asItIs
              ? Optional.of(new NumberPattern(written))
              : WrittenPattern.read(written, List.of(plan));
      if (pattern.isPresent()) {
        read++;
        Directory company = company(plan, List.of(rule(0, pattern.get().text(), true), all()));
        for (String other : writings(number, plan)) {
          assertTrue(
              decided(other, company).startsWith("refuse FORBIDDEN"),
              () -> written + " denied: " + told(plan, number, other, company));
        }
      }
    }
    System.out.println(read + " rules in a writing of their own");
    assertTrue(read > ROUNDS / 8, "only " + read);
  }

  @Test
  void theBeginningOfAPremiumNumberIsDeniedHoweverItIsWritten() {
    for (String premium : PREMIUM) {
      String region = premium.substring(0, 2);
      NumberingPlan plan =
          AT.stream().filter(one -> one.country().equals(region)).findFirst().orElseThrow();
      Called number = withDigits(plan, premium.substring(3));
      String prefix = PLANS.getNddPrefixForRegion(region, true);
      Set<String> denies = new LinkedHashSet<>();
      denies.add("+" + number.code() + premium.substring(3) + "*");
      if (prefix != null && !prefix.isEmpty()) {
        denies.add(prefix + premium.substring(3) + "*");
      }
      for (String written : denies) {
        Optional<NumberPattern> pattern = WrittenPattern.read(written, List.of(plan));
        // 8 900* may be a mobile number of Russia without its 8
        if (pattern.isPresent() || !written.startsWith("8")) {
          Directory company =
              company(plan, List.of(rule(0, pattern.orElseThrow().text(), true), all()));
          for (String other : writings(number, plan)) {
            assertTrue(
                decided(other, company).startsWith("refuse FORBIDDEN"),
                () -> written + " denied: " + told(plan, number, other, company));
          }
        }
      }
    }
  }

  private void forwardsAlike(Called number, NumberingPlan plan, Directory company, String wanted) {
    boolean mayCall = !wanted.startsWith("refuse");
    for (String written : writings(number, plan)) {
      if (written.matches("[+0-9]{1,20}")) {
        String forward = decided("*72" + written, company);
        assertEquals(
            mayCall,
            forward.startsWith("change"),
            () -> told(plan, number, "*72" + written, company));
      }
    }
  }

  /// Without any prefix the digits may be another number, or none; but never a way round a rule.
  private void bareIsNoWayRound(
      Called number, NumberingPlan plan, Directory company, String wanted) {
    String own = "" + PLANS.getCountryCodeForRegion(plan.country());
    if (number.code().equals(own)) {
      bare(number.national(), number, plan, company, wanted);
      if (number.national().startsWith(plan.areaCode())) {
        bare(number.national().substring(plan.areaCode().length()), number, plan, company, wanted);
      }
    }
    bare(number.code() + number.national(), number, plan, company, wanted);
  }

  private void bare(
      String digits, Called number, NumberingPlan plan, Directory company, String wanted) {
    CallerId read = Dialled.byPhone(digits, company.extension(CALLER).orElseThrow(), company);
    String decided = decided(digits, company);
    if (read.text().equals(plan.parse(number.e164()).text())) {
      assertEquals(wanted, decided, () -> told(plan, number, digits, company));
    } else if (!(read instanceof CallerId.Number)) {
      assertTrue(decided.startsWith("refuse"), () -> told(plan, number, digits, company));
    }
  }

  private String decided(String dialled, Directory company) {
    Extension caller = company.extension(CALLER).orElseThrow();
    CallContext call =
        new CallContext(
            "call",
            "channel",
            new Origin.FromPhone(CALLER),
            new CallerId.Internal(CALLER),
            Dialled.byPhone(dialled, caller, company),
            dialled,
            Instant.parse("2026-11-21T08:30:00Z"));
    Routed routed = Router.route(call, new Question.NewCall(), company, Circumstances.CALM);
    if (routed.decision() instanceof Decision.Refuse) {
      denied++;
    } else {
      allowed++;
    }
    return DecisionWords.of(routed.decision()) + " by " + routed.rule();
  }

  /// The writings by which a phone reaches just this number.
  private Set<String> writings(Called number, NumberingPlan plan) {
    Set<String> all = new LinkedHashSet<>();
    String e164 = number.e164();
    all.add(e164);
    all.add("tel:" + e164 + ";ext=1");
    all.add("sip:" + e164 + "@example.org");
    all.add("\u202A" + spaced(e164) + "\u202C");
    all.add(inScript(e164, any(List.of('۰', '٠', '०', '０'))));
    abroad(plan).ifPresent(prefix -> all.add(prefix + e164.substring(1)));
    abroad(plan).ifPresent(prefix -> all.add(spaced(prefix + e164.substring(1))));
    String region = PLANS.getRegionCodeForCountryCode(Integer.parseInt(number.code()));
    String prefix = PLANS.getNddPrefixForRegion(region, true);
    if (prefix != null && prefix.equals("0")) {
      all.add("+" + number.code() + " (0) " + number.national());
      abroad(plan).ifPresent(way -> all.add(way + number.code() + "0" + number.national()));
    }
    String own = PLANS.getNddPrefixForRegion(plan.country(), true);
    if (isOwn(number, plan) && own != null && !own.isEmpty()) {
      all.add(own + number.national());
      all.add(spaced(own + number.national()));
      all.add(inScript(own + number.national(), any(List.of('۰', '٠'))));
    }
    otherForm(number).ifPresent(all::add);
    all.removeIf(written -> written.chars().filter(Character::isDigit).count() > LONGEST);
    return all;
  }

  private static boolean isOwn(Called number, NumberingPlan plan) {
    return number.code().equals("" + PLANS.getCountryCodeForRegion(plan.country()));
  }

  private static Optional<String> otherForm(Called number) {
    if (number.code().equals("52") && number.national().length() == 10) {
      return Optional.of("+521" + number.national());
    }
    return number.code().equals("55") && number.national().matches("[1-9][0-9]9[6-9][0-9]{7}")
        ? Optional.of("+55" + number.national().substring(0, 2) + number.national().substring(3))
        : Optional.empty();
  }

  /// What leads abroad, if it is the same for all.
  private static Optional<String> abroad(NumberingPlan plan) {
    String away = plan.country().equals("DE") ? "FR" : "DE";
    Phonenumber.PhoneNumber foreign = PLANS.getExampleNumber(away);
    String digits =
        PhoneNumberUtil.normalizeDigitsOnly(
            PLANS.formatOutOfCountryCallingNumber(foreign, plan.country()));
    String e164 = PLANS.format(foreign, PhoneNumberUtil.PhoneNumberFormat.E164).substring(1);
    return digits.endsWith(e164) && digits.length() > e164.length()
        ? Optional.of(digits.substring(0, digits.length() - e164.length()))
        : Optional.empty();
  }

  private Called number(NumberingPlan plan) {
    return switch (random.nextInt(4)) {
      case 0 -> example(plan.country());
      case 1 -> example(any(AT).country());
      case 2 ->
          PREMIUM.stream()
              .filter(premium -> premium.startsWith(plan.country()))
              .findAny()
              .map(premium -> withDigits(plan, premium.substring(3)))
              .orElseGet(() -> example(plan.country()));
      default -> withDigits(plan, plan.areaCode());
    };
  }

  private Called example(String region) {
    Phonenumber.PhoneNumber found = PLANS.getExampleNumberForType(region, any(TYPES));
    Phonenumber.PhoneNumber number = found == null ? PLANS.getExampleNumber(region) : found;
    String national = PLANS.getNationalSignificantNumber(number);
    // shorter ones may be extensions, and Germany assigns no longer ones, whatever the library says
    return national.length() < 8 || national.length() > 11
        ? example(any(AT).country())
        : new Called("" + number.getCountryCode(), changed(national));
  }

  /// Its last digits are any.
  private String changed(String national) {
    int kept = national.length() - random.nextInt(5);
    StringBuilder digits = new StringBuilder(national.substring(0, kept));
    while (digits.length() < national.length()) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  /// A number of the length of the country's mobile numbers, whether or not there is one.
  private Called withDigits(NumberingPlan plan, String begun) {
    Phonenumber.PhoneNumber mobile =
        PLANS.getExampleNumberForType(plan.country(), PhoneNumberType.MOBILE);
    int length = PLANS.getNationalSignificantNumber(mobile).length();
    StringBuilder digits = new StringBuilder(begun.isEmpty() ? "1" : begun);
    while (digits.length() < length) {
      digits.append(random.nextInt(10));
    }
    return new Called("" + mobile.getCountryCode(), digits.toString());
  }

  private List<OutgoingRule> rules(Called number, NumberingPlan plan) {
    List<OutgoingRule> rules = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      rules.add(
          rule(
              i,
              pattern(random.nextInt(4) > 0 ? number : number(plan), plan),
              random.nextBoolean()));
    }
    if (random.nextBoolean()) {
      rules.add(all());
    }
    return rules;
  }

  private String pattern(Called number, NumberingPlan plan) {
    String own = PLANS.getNddPrefixForRegion(plan.country(), true);
    boolean nationally =
        isOwn(number, plan) && own != null && !own.isEmpty() && random.nextBoolean();
    String raw = otherForm(number).filter(_ -> random.nextBoolean()).orElse(number.e164());
    String whole = nationally ? own + number.national() : raw;
    int kept = nationally ? own.length() + 2 : 4;
    int length = kept + random.nextInt(whole.length() - kept + 1);
    String written =
        switch (random.nextInt(3)) {
          case 0 -> whole;
          case 1 -> whole.substring(0, length) + "*";
          default -> whole.substring(0, length) + "X".repeat(whole.length() - length);
        };
    boolean asStored = !nationally && random.nextBoolean();
    return asStored
        ? written
        : WrittenPattern.read(written, List.of(plan)).map(NumberPattern::text).orElse(raw);
  }

  private static OutgoingRule rule(int index, String pattern, boolean deny) {
    return new OutgoingRule(
        "r" + index,
        List.of(pattern),
        deny,
        deny ? List.of() : List.of("out"),
        0,
        Optional.empty());
  }

  private static OutgoingRule all() {
    return new OutgoingRule("all", List.of(), false, List.of("out"), 0, Optional.empty());
  }

  private Directory company(NumberingPlan plan, List<OutgoingRule> rules) {
    Trunk trunk =
        new Trunk(
            "out",
            plan,
            List.of("10.0.0.1"),
            CALLER,
            Optional.of("10.0.0.1"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.of(any(List.of(NumberFormat.values()))),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Directory.of(
        Company.of(
            1,
            List.of(
                Yamls.extension("number: 101, name: x, outgoing: rules"),
                trunk,
                new OutgoingProfile(
                    "rules", "x", plan, Optional.empty(), rules, Optional.empty()))));
  }

  private String spaced(String digits) {
    StringBuilder spaced = new StringBuilder();
    for (char c : digits.toCharArray()) {
      spaced.append(c);
      if (random.nextInt(3) == 0) {
        spaced.append(any(List.of(' ', '-', '.', '/', '\u00A0', '\u2009', '(', ')')));
      }
    }
    return spaced.toString();
  }

  private static String inScript(String digits, char zero) {
    StringBuilder written = new StringBuilder();
    digits.chars().forEach(c -> written.append((char) (c == '+' ? c : c - '0' + zero)));
    return written.toString();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String told(NumberingPlan plan, Called number, String written, Directory company) {
    return "%s at %s written %s with %s"
        .formatted(
            number.e164(), plan, written, company.company().outgoingProfiles().getFirst().rules());
  }
}
