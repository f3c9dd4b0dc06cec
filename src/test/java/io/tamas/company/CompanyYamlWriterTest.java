package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.Company.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompanyYamlWriterTest {
  @Test
  void everyFieldComesBack() {
    Company read = Yamls.company(CompanyYamlWriter.write(Yamls.whole()));
    assertEquals(parts(Yamls.whole()), parts(read));
    assertEquals(CompanyYamlWriter.write(Yamls.whole()), CompanyYamlWriter.write(read));
  }

  @Test
  void whatHasItsDefaultIsLeftOutAndKindsAreInOrder() {
    Company company =
        Company.of(
            12,
            List.of(
                Yamls.part("prompt: {name: bye, sound: goodbye}"),
                Yamls.part("extension: {number: \"007\", name: \"No\"}"),
                Yamls.part(
                    "extension: {number: 006, name: لیلا, groups: [b, a], record: [INTERNAL, INBOUND], mailbox: {}}"),
                Yamls.part("extension-group: {name: a, title: 'null'}"),
                Yamls.part("extension-group: {name: b, title: '- x: #1'}"),
                Yamls.part(
                    "inbound-route: {name: a, position: 2, numbers: [110], to: \"extension:007\", ring: PT5S}"),
                Yamls.part(
                    "inbound-route: {name: z, position: 1, to: \"extension:007\", ring: PT5S}")));
    assertEquals(
        """
        # The company, version 12: read by ./tamas company validate, diff and apply.
        #
        # What is left out is empty, no or 0. Durations are ISO 8601 (PT25S). Passwords and the audio of prompts are
        # not in here: they stay as they are with what keeps its name.

        extension-groups:
          - {name: a, title: 'null'}
          - {name: b, title: '- x: #1'}

        extensions:
          - number: '006'
            name: لیلا
            groups: [a, b]
            record: [INBOUND, INTERNAL]
            mailbox: {}
          - {number: '007', name: 'No'}

        prompts:
          - {name: bye, sound: goodbye}

        inbound-routes:
          - {name: z, position: 1, to: 'extension:007', ring: PT5S}
          - name: a
            position: 2
            numbers: ['110']
            to: extension:007
            ring: PT5S
        """,
        CompanyYamlWriter.write(company));
  }

  @Test
  void anyCompanyComesBack() {
    long seed = System.nanoTime();
    System.out.println("companies: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Company company = RandomCompany.of(random);
      assertEquals(List.of(), CompanyRules.faults(company));
      Company read = Yamls.company(CompanyYamlWriter.write(company));
      assertEquals(parts(company), parts(read));
      assertTrue(CompanyDiff.of(company, read).changes().isEmpty());
    }
  }

  private static Set<Part> parts(Company company) {
    return new HashSet<>(company.parts().toList());
  }
}
