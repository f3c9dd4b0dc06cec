package io.tamas.lab;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The debugger of another JVM, by which a test lets its threads die as no input can.
public final class Debugger implements AutoCloseable {
  private static final String FAULT = "java.lang.OutOfMemoryError";

  private final VirtualMachine machine;

  private Debugger(VirtualMachine machine) {
    this.machine = machine;
  }

  /// The option with which a JVM lets itself be debugged.
  public static String option(int port) {
    return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
  }

  public static Debugger at(int port) throws Exception {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(one -> one.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Map<String, String> values = Map.of("hostname", "127.0.0.1", "port", Integer.toString(port));
    values.forEach((name, value) -> Objects.requireNonNull(arguments.get(name)).setValue(value));
    return new Debugger(connector.attach(arguments));
  }

  /// The thread of this name, one of the operating system's, meets an error wherever it is. The
  /// error is one of those that each JVM has in store.
  public void letsDie(String thread) throws Exception {
    ThreadReference victim =
        machine.allThreads().stream()
            .filter(one -> one.name().equals(thread))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no thread " + thread));
    List<ObjectReference> faults = machine.classesByName(FAULT).getFirst().instances(1);
    victim.stop(faults.getFirst());
  }

  @Override
  public void close() {
    machine.dispose();
  }
}
