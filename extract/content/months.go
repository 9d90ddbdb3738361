package content

// months are the names of the months, in lower case, in the languages in which
// the news writes them out: English, German, French, Spanish, Italian,
// Portuguese, Dutch, Danish, Norwegian, Swedish, Finnish, Polish, Czech,
// Romanian, Hungarian, Turkish, Indonesian, Russian, Ukrainian, Greek, Thai.
var months = [12]string{
	"january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari tammikuuta tammikuu stycznia styczeń sty ledna leden ianuarie ian január ocak oca января январь янв січня ιανουαρίου ιαν มกราคม",
	"february feb february febr februar feber février févr fév fevrier febrero febbraio fevereiro fev februari helmikuuta helmikuu lutego luty lut února únor februarie február şubat şub февраля февраль фев лютого φεβρουαρίου φεβ กุมภาพันธ์",
	"march mar märz mär mrz mars marzo março marco maart mrt marts maaliskuuta maaliskuu marca marzec března březen martie március mart maret марта март мар березня μαρτίου μαρ มีนาคม",
	"april apr avril avr abril abr aprile huhtikuuta huhtikuu kwietnia kwiecień kwi dubna duben aprilie április nisan nis апреля апрель апр квітня απριλίου απρ เมษายน",
	"may mai mayo maggio mag maio mei maj toukokuuta toukokuu maja května květen május mayıs мая май травня μαΐου μαι พฤษภาคม",
	"june jun juni juin junio giugno giu junho kesäkuuta kesäkuu czerwca czerwiec cze června červen iunie iun június haziran haz июня июнь июн червня ιουνίου ιουν มิถุนายน",
	"july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu lipca lipiec lip července červenec iulie iul július temmuz tem июля июль июл липня ιουλίου ιουλ กรกฎาคม",
	"august aug août aout agosto ago agu agustus augustus augusti elokuuta elokuu sierpnia sierpień sie srpna srpen augusztus ağustos ağu августа август авг серпня αυγούστου αυγ สิงหาคม",
	"september sep sept septembre septiembre set settembre setembro syyskuuta syyskuu września wrzesień wrz září septembrie szeptember eylül eyl сентября сентябрь сен вересня σεπτεμβρίου σεπ กันยายน",
	"october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu października październik paź října říjen octombrie október ekim eki октября октябрь окт жовтня οκτωβρίου οκτ ตุลาคม",
	"november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad lis listopadu noiembrie noi kasım kas ноября ноябрь ноя листопада νοεμβρίου νοε พฤศจิกายน",
	"december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des joulukuuta joulukuu grudnia grudzień gru prosince prosinec decembrie aralık ara декабря декабрь дек грудня δεκεμβρίου δεκ ธันวาคม",
}
