package io.tamas.company;

import io.tamas.company.Company.Switched;
import io.tamas.web.Api;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Clock;
import java.util.Optional;

/// Schedules switched by hand, by REST: such as to the night.
public final class ScheduleRoutes implements Api {
  private static final PartAnswers ANSWERS = new PartAnswers(PartKind.SCHEDULE);

  private final Companies companies;
  private final Clock clock;

  public ScheduleRoutes(Companies companies, Clock clock) {
    this.companies = companies;
    this.clock = clock;
  }

  @Override
  public void mount(Operations on) {
    on.on("switchSchedule", this::switchTo).on("switchScheduleBack", this::switchBack);
  }

  private Response switchTo(Request request) {
    Switched to = request.body(Switched.class);
    return switched(request, Optional.of(to).filter(one -> !one.isOver(clock.instant())));
  }

  private Response switchBack(Request request) {
    return switched(request, Optional.empty());
  }

  private Response switched(Request request, Optional<Switched> to) {
    String name = request.path("name");
    return ANSWERS.stored(ANSWERS.done(companies.switchSchedule(name, to), name).stored());
  }
}
