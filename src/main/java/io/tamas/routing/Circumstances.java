package io.tamas.routing;

import io.tamas.company.Company.Limits;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.ServerAddresses;
import java.time.Instant;
import java.util.Optional;

/// What a decision depends on besides the call, the company and the time. Everything comes from
/// memory: nothing here waits.
public interface Circumstances {

  /// Whether the phone is in a call or rings, or another call is on its way to it.
  boolean isBusy(CallContext call, ExtensionNumber extension);

  /// Sends the call to the phone if that is not busy: from then on it is, for other calls, so that
  /// two calls at the same moment cannot both find it free.
  ///
  /// @return whether it was not busy
  boolean take(CallContext call, ExtensionNumber extension);

  /// The end of the extension's last conversation; [Instant#MIN] if unknown.
  Instant talkedLast(ExtensionNumber extension);

  /// How many other calls of the same caller that came in on a trunk are passed on to this number
  /// outside at the moment, and not answered yet.
  int passedOn(CallContext call, CallerId number);

  /// Counts the calls of a round-robin ring group, from 0.
  int turn(String ringGroup);

  /// A random number from 0, below the bound.
  int dice(int bound);

  /// Requests an outbound call, and counts it at once if it is admitted, so that two calls at the
  /// same moment cannot both be the last one that is allowed.
  Admission admit(CallContext call, ExtensionNumber payer, Limits limits);

  /// Where the server of a trunk is called; empty: by its name, as it has no more than one address.
  default Optional<ServerAddresses> addresses(String trunk) {
    return Optional.empty();
  }

  /// Nobody is in a call, random numbers are 0, nothing is counted: for simulations of an idle
  /// company.
  Circumstances CALM =
      new Circumstances() {
        @Override
        public boolean isBusy(CallContext call, ExtensionNumber extension) {
          return false;
        }

        @Override
        public boolean take(CallContext call, ExtensionNumber extension) {
          return true;
        }

        @Override
        public Instant talkedLast(ExtensionNumber extension) {
          return Instant.MIN;
        }

        @Override
        public int passedOn(CallContext call, CallerId number) {
          return 0;
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
