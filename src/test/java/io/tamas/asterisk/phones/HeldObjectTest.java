package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.phones.PjsipObject.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldObjectTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      textBlock =
          """
          endpoint     ; direct_media     ; no             ; false            ; true
          endpoint     ; direct_media     ; no             ; true             ; false
          endpoint     ; language         ; no             ; no               ; true
          aor          ; qualify_timeout  ; 3.0            ; 3.000000         ; true
          aor          ; qualify_timeout  ; 3.0            ; 3.500000         ; false
          endpoint     ; allow            ; !all,ulaw,alaw ; (ulaw|alaw)      ; true
          endpoint     ; allow            ; !all,ulaw,alaw ; (alaw|ulaw)      ; false
          endpoint     ; named_call_group ; b,a            ; a, b             ; true
          endpoint     ; named_call_group ; b,a            ; a, b, c          ; false
          endpoint     ; callerid         ; "A, B" <101>   ; "A, B" <101>     ; true
          endpoint     ; callerid         ; "A,B" <101>    ; "A, B" <101>     ; false
          auth         ; password         ; yes            ; true             ; false
          auth         ; password         ; 3.0            ; 3.000            ; false
          identify     ; match ; 127.0.0.2     ; 127.0.0.2/255.255.255.255 ; true
          identify     ; match ; 10.1.2.3/8    ; 10.0.0.0/255.0.0.0        ; true
          identify     ; match ; 10.0.0.0/16   ; 10.0.0.0/255.0.0.0        ; false
          identify     ; match ; 127.0.0.2     ; 127.0.0.3/255.255.255.255 ; false
          identify     ; match ; 2001:db8::/32 ; 2001:db8::/ffff:ffff::    ; true
          identify     ; match ; 127.0.0.2     ; nonsense                  ; false
          """)
  void valueOfAsteriskIsCompared(
      String type, String attribute, String written, String returned, boolean same) {
    assertEquals(
        same ? Set.of() : Set.of(attribute),
        held(Map.of(attribute, List.of(returned)))
            .differing(object(type, new Field(attribute, written)), HeldObject.EMPTY));
  }

  @Test
  void valueThatWasAddedDiffers() {
    HeldObject held = held(Map.of("contact", List.of("sip:a", "sip:b")));
    assertEquals(
        Set.of("contact"),
        held.differing(object("aor", new Field("contact", "sip:b")), HeldObject.EMPTY));
  }

  @Test
  void fieldThatIsNotGivenHasItsDefault() {
    HeldObject defaults = held(Map.of("acl", List.of(), "timers", List.of("yes")));
    HeldObject held = held(Map.of("acl", List.of("x"), "timers", List.of("yes")));
    assertEquals(Set.of("acl"), held.differing(object("endpoint"), defaults));
    assertEquals(Set.of(), held.differing(object("endpoint", new Field("acl", "x")), defaults));
  }

  @Test
  void registeredContactIsTakenOutOnce() {
    HeldObject held = held(Map.of("contact", List.of("sip:a", "sip:a")));
    assertEquals(List.of("sip:a"), held.without("contact", List.of("sip:a")).values("contact"));
  }

  private static HeldObject held(Map<String, List<String>> fields) {
    return new HeldObject(fields);
  }

  private static PjsipObject object(String type, Field... fields) {
    return new PjsipObject(type, "x", List.of(fields));
  }
}
