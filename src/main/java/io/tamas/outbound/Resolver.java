package io.tamas.outbound;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the addresses of a host.
@FunctionalInterface
public interface Resolver {

  /// All addresses of a name, in the order of preference; fails with
  /// [java.net.UnknownHostException] if it has none.
  Future<List<InetAddress>> resolve(String name);

  /// As the machine resolves names. Who asks for a name that is being resolved waits for the same
  /// answer.
  ///
  /// @param atOnce the maximum of names that are resolved at once; further ones wait
  static Resolver ofMachine(Vertx vertx, int atOnce) {
    WorkerExecutor threads = vertx.createSharedWorkerExecutor("outbound-names", atOnce);
    Map<String, Future<List<InetAddress>>> asked = new ConcurrentHashMap<>();
    return name -> {
      Future<List<InetAddress>> answer =
          asked.computeIfAbsent(
              name,
              one -> threads.executeBlocking(() -> List.of(InetAddress.getAllByName(one)), false));
      return answer.onComplete(_ -> asked.remove(name, answer));
    };
  }
}
