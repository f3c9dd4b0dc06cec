package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.crm.FieldType;
import io.tamas.crm.ProfileField;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadingsTest {
  private static final PhoneBook BOOK =
      PhoneBook.of(
          List.of(
              new ProfileField(
                  7,
                  new ProfileField.Content(
                      "تاریخ تولد", FieldType.DATE, false, List.of(), Optional.empty()),
                  1)),
          List.of(),
          Set.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "name,phone!NAME NUMBER/1/OTHER",
        "نام,موبایل,تلفن منزل,ایمیل!NAME NUMBER/1/MOBILE NUMBER/2/HOME EMAIL",
        "نام,نام خانوادگی,شماره همراه!GIVEN_NAME FAMILY_NAME NUMBER/1/MOBILE",
        "Ad Soyad,Cep Telefonu,Şirket,E-posta!NAME NUMBER/1/MOBILE ORGANISATION EMAIL",
        "Имя,Фамилия,Рабочий телефон,Группа!GIVEN_NAME FAMILY_NAME NUMBER/1/WORK GROUPS",
        "First Name,Last Name,Company,Business Fax,Mobile Phone,E-mail Address!GIVEN_NAME FAMILY_NAME ORGANISATION NUMBER/1/FAX NUMBER/2/MOBILE EMAIL",
        "First Name,Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Formatted!GIVEN_NAME FAMILY_NAME ORGANISATION EMAIL NUMBER_TYPE/1 NUMBER/1 ADDRESS",
        "id,name,number 1,type 1,label 1,priority 1,main number,emails,texts!ID NAME NUMBER/1 NUMBER_TYPE/1 NUMBER_LABEL/1 NUMBER_PRIORITY/1 MAIN_NUMBER EMAIL TEXTS",
        "name,تاريخ تولد,کد ملی,x!NAME FIELD",
        "Adı,Soyadı,Şirket Adı,İş Telefonu,Ev Telefonu,E-posta Adresi!GIVEN_NAME FAMILY_NAME ORGANISATION NUMBER/1/WORK NUMBER/2/HOME EMAIL",
        "نام,نام شرکت,Рабочий,Моб.!NAME ORGANISATION NUMBER/1/WORK NUMBER/2/MOBILE",
        "x,y!''",
      })
  void columnsAreSuggested(String headings, String expected) {
    assertEquals(
        expected,
        Headings.suggest(List.of(headings.split(",")), BOOK).columns().stream()
            .map(HeadingsTest::shown)
            .collect(Collectors.joining(" ")));
  }

  private static String shown(MappedColumn column) {
    return column.to()
        + column.place().map(place -> "/" + place).orElse("")
        + column.type().map(type -> "/" + type).orElse("");
  }
}
