package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company.Part;
import io.tamas.json.Json;
import io.tamas.web.ContractCheck;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the rules allow the contract allows too: as a body and as an answer.
class PartContractTest {
  @Test
  void everyPartFitsTheContract() {
    long seed = System.nanoTime();
    System.out.println("companies: seed " + seed);
    Random random = new Random(seed);
    Yamls.whole().parts().forEach(PartContractTest::fits);
    for (int i = 0; i < 30; i++) {
      RandomCompany.of(random).parts().forEach(PartContractTest::fits);
    }
  }

  private static void fits(Part part) {
    String put = (part instanceof Extension ? "update" : "put") + part.getClass().getSimpleName();
    String body = Json.write(part);
    assertEquals(List.of(), ContractCheck.requestFaults(put, body), body);
    assertEquals(List.of(), ContractCheck.faults(put, 200, body));
  }
}
