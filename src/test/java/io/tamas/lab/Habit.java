package io.tamas.lab;

import java.time.Duration;

/// What the user of a phone does when it rings: nothing, unless set.
final class Habit {
  private volatile What what = What.WAIT;
  private volatile Duration after = Duration.ZERO;

  private enum What {
    WAIT,
    ANSWER,
    REFUSE
  }

  void answersAfter(Duration delay) {
    after = delay;
    what = What.ANSWER;
  }

  void refuses() {
    what = What.REFUSE;
  }

  /// On a thread of the remote control.
  void rings(PhoneControl control) {
    switch (what) {
      case WAIT -> {}
      case REFUSE -> control.send("hangup", "");
      case ANSWER -> answers(control);
    }
  }

  private void answers(PhoneControl control) {
    try {
      Thread.sleep(after);
      control.send("accept", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
