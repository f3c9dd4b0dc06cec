package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractLintTest {
  private static final String CONTRACT = Contract.load().text();

  @Test
  void nobodyStumblesOverTheContract() {
    assertEquals(List.of(), ContractLint.faults(CONTRACT));
  }

  /// Each rule, by a change of the contract that breaks it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "servers:                          |x-servers:                |/servers is missing",
        "operationId: getCall\\n           |operationId: listCalls\\n |needs an operationId",
        "summary: Creates a profile.       |summary: Creates a profile|needs a summary",
        "tags: [crm]                       |tags: [crm, calls]        |needs one tag",
        "- name: statistics                |- name: figures           |/tags are",
        "description: The profile.\\n      |x-description: None\\n    |has no description",
        "description: Its extensions.\\n   |x-description: None\\n    |has no description",
        "description: The server that      |x-description: None       |has no description",
        "responses/Problem\"}              |responses/Profile\"}      |has no problem document",
        "schema: {$ref: \"#/components/schemas/Audio\"}|x-schema: {}  |has no schema",
        "enum: [OPEN, CLOSED]              |enum: [1, 2]              |x-enum-varnames",
        "enum: [OPEN, CLOSED]              |enum: [snapshot]          |repeats an enumeration",
        "type: integer, format: int32      |type: integer             |of unknown size",
        "type: boolean                     |type: [boolean, \"null\"] |may be null",
        "maxItems: 50                      |x-maxItems: 50            |without bounds",
        "{type: string, maxLength: 1000}   |{type: string}            |without bounds",
        "example: bytes=0-1023             |example: 12               |has an example that",
        "    Scope:\\n                     |    Promise:\\n           |a name that is taken",
        "    Location:\\n                  |    Place:\\n             |is not used",
        "    Location:\\n                  |    Place:\\n             |which is nowhere",
        "items: {$ref: \"#/components/schemas/Fault\"}|items: {type: object, properties: {}}|without a name",
        "before: {description              |before: {oneOf: [], description|is composed",
        "such as \"crm\"                  |such as \"C M\"          |an example that it refuses",
        "0-9 and - such as                 |0-9 and -, like           |has no x-form",
      })
  void eachRuleIsKept(String old, String changed, String fault) {
    String from = old.replace("\\n", "\n");
    assertTrue(CONTRACT.contains(from), "not in the contract: " + old);
    String broken = CONTRACT.replace(from, changed.replace("\\n", "\n"));
    List<String> faults = ContractLint.faults(broken);
    assertTrue(faults.stream().anyMatch(one -> one.contains(fault)), faults::toString);
  }
}
