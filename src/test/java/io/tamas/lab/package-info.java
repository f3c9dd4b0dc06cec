/// The laboratory: a real Asterisk with real phones, for tests that read like what people do.
///
/// A test class says [InTheLab] and its methods take a [Lab]:
///
///     Phone desk = lab.phone("Zahra");
///     Line line = lab.line(desk);
///     Phone ali = line.caller("Ali");
///     ali.calls(line.number());
///     desk.rings().showing("Ali").answers();
///     ali.hangsUp();
///     desk.callEnds();
///
/// Asterisk is started once for all tests of a JVM; each test has numbers of its own, and its phones
/// are gone when it ends. Every step waits for what it says, with a deadline.
@NullMarked
package io.tamas.lab;

import org.jspecify.annotations.NullMarked;
