// What every call is full of, so that no topic is made of it: function words, the courtesies of the telephone, words of
// time and number. English.

/** In small letters, without apostrophes. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `a about above actually again ago ah all almost alright also although always am an and another any anybody anymore anyone
   anything anytime anyway anywhere are arent around as asap ask asked asking at available away awesome back bad basically
   be because been before behind being believe below besides better between big bit both bring but by bye came can cant
   call called caller calling calls cannot come comes coming could couldnt couple day days did didnt different do does
   doesnt doing done dont down during each early either else end enough er even ever every everybody everyone everything
   exactly excellent fact far feel few fine first for found from front full further gave get gets getting give given giving
   go goes going gonna good goodbye got gotten gotta great guess guy guys had half happen happened happening happens happy
   hard has hasnt have havent having he hear heard hed hell hello help helped helpful helping helps her here heres hers
   hes hey hi high him himself his hold honestly hope hour hours how hows however huh i id if ill im in inside instead into
   is isnt it itd itll its itself ive just keep keeps kept kind kinda knew know known knows large last late later least
   leave left less let lets like liked line little live long longer look looked looking looks lot lots low luck maam made
   make makes making many matter may maybe me mean means might mind mine minute minutes miss moment month months more
   morning afternoon evening most mostly move much must my myself name names near need needed needs neither never new next
   nice night no nobody none nope nor not nothing now number numbers of off often oh ok okay old on once one ones only onto
   or other others ought our ours out outside over own part pardon particular people per perfect perhaps person phone
   piece place please pm possible possibly pretty probably problem put question questions quick quickly quite rather reach
   ready real really reason recently repeat right run running said same saw say saying says sec second seconds see seem
   seemed seems seen send sense set several shall she shed shes should shouldnt show side since sir small so some somebody
   somehow someone something sometime sometimes somewhere soon sorry sort sounds speak speaking spoke start started still
   stuff such super supposed sure take taken takes taking talk talked talking tell than thank thanks that thatd thatll
   thats the their them then there theres these they theyd theyll theyre theyve thing things think thinking this those
   though thought through time times to today together told tomorrow tonight too took totally toward tried try trying turn
   two uh um under understand until unless up upon us use used using usually very via wait waiting wanna want wanted
   wanting wants was wasnt way we wed week weekend weeks well went were werent weve what whatever whats when whenever
   where wheres whether which while who whole whos whose why will wish with within without wonder wondered wondering
   wonderful wont word work worked working works would wouldnt wow year years yeah yep yes yesterday yet you youd youll
   young your youre yours yourself youve
   monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
   january february march april june july august september october november december
   zero three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
   nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen third fourth fifth
   double triple oclock mr mrs ms dr`.split(/\s+/),
);
