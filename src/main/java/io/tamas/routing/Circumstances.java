package io.tamas.routing;

import io.tamas.company.Company.Limits;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;

/// What a decision depends on besides the call, the company and the time. Everything comes from
/// memory: nothing here waits.
public interface Circumstances {

  /// Whether the phone is in a call or rings.
  boolean isBusy(ExtensionNumber extension);

  /// When the extension talked last; [Instant#MIN] when that is not known.
  Instant talkedLast(ExtensionNumber extension);

  /// Counts the calls of a ring group whose members take turns, from 0.
  int turn(String ringGroup);

  /// A number that nobody can foresee, below the bound.
  int dice(int bound);

  /// Asks for a call to the outside, and counts it at once when it is admitted, so that two calls
  /// at the same moment cannot both be the last one that is allowed.
  Admission admit(CallContext call, ExtensionNumber payer, Limits limits);

  /// Nobody talks, no dice are thrown, nothing is counted: for simulations of a quiet company.
  Circumstances CALM =
      new Circumstances() {
        @Override
        public boolean isBusy(ExtensionNumber extension) {
          return false;
        }

        @Override
        public Instant talkedLast(ExtensionNumber extension) {
          return Instant.MIN;
        }

        @Override
        public int turn(String ringGroup) {
          return 0;
        }

        @Override
        public int dice(int bound) {
          return 0;
        }

        @Override
        public Admission admit(CallContext call, ExtensionNumber payer, Limits limits) {
          return new Admission.Admitted(limits.perDay());
        }
      };
}
