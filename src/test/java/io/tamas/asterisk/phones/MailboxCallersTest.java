package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxCallersTest {
  @Test
  void channelsInOneMailboxAreFound() {
    String output =
        """
        PJSIP/102-00000007!tamas-message!151!5!Up!Record!/instance/recordings/a.wav,0,180,qk!102!!!3!4!!1796024440.22
        PJSIP/103-00000008!tamas-message!1511!3!Up!Playback!vm-intro!103!!!3!4!!1796024441.23
        PJSIP/trunk-line-00000009!tamas-ring!151!9!Up!Dial!PJSIP/151!x!tamas-message!151!!3!4!!1796024442.24
        Local/151@tamas-transfer-00000001;2!tamas-message!151!3!Up!Playback!vm-intro!+989121234567!!!3!4!!1796024443.25
        PJSIP/105-0000000a!tamas-message!151
        no such command
        """;
    assertEquals(
        List.of("PJSIP/102-00000007", "Local/151@tamas-transfer-00000001;2"),
        MailboxCallers.channels("151", output));
    assertEquals(List.of(), MailboxCallers.channels("15", output));
    assertEquals(List.of(), MailboxCallers.channels("151", ""));
  }
}
