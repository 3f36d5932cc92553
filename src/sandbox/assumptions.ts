// Behaviour of the sandbox that no document of the carrier supports. Served at GET /sandbox/assumptions; to be checked
// against the real carrier by whoever runs with real credentials.

interface Assumption {
  about: string;
  assumed: string;
}

export const assumptions: Assumption[] = [
  {
    about: 'clock',
    assumed:
      'With a speed above 1 occurred_at runs ahead of the wall; after a restart the clock begins at the present again.',
  },
  {
    about: 'a linked leg that ends while the dialled one rings',
    assumed:
      'The dialled leg goes on ringing; with bridge_on_answer it is hung up when it answers.',
  },
  {
    about: 'to as a list, answering_machine_detection, custom_headers',
    assumed: 'A list is refused; the others are ignored.',
  },
  {
    about: 'speak and gather_using_speak',
    assumed:
      'There is no voice engine: a text is rendered as a quiet, syllable-like hum that lasts about as long as the words.',
  },
  {
    about: 'call.speak.ended after a stop or a bridge',
    assumed:
      'status is "completed": the documented values have none for speech that was cut off by a command.',
  },
  {
    about: 'bridge',
    assumed: 'Bridging stops whatever either leg is being played and cancels a gather on it.',
  },
  {
    about: 'order of call.bridged',
    assumed: 'The leg of the command comes first, with bridge_on_answer the linked leg.',
  },
  {
    about: 'bridge to a leg that still rings',
    assumed: 'Refused with 90034; play_ringtone is ignored.',
  },
  {
    about: 'prevent_double_bridge',
    assumed:
      'The bridge command is refused with 90033; a dial with bridge_on_answer hangs the new leg up.',
  },
  {
    about: 'answering twice, rejecting an answered call',
    assumed: 'Refused with 422 and code 90033.',
  },
  {
    about: 'audio_url on dial',
    assumed: 'Starts at the answer and is cut by bridge_on_answer in the same moment.',
  },
  {
    about: 'client_state of a command',
    assumed:
      "Becomes the leg's own state for all later webhooks; events of a playback, speech, gather or recording carry the state that was valid when it was started.",
  },
  {
    about: 'hangup_source',
    assumed:
      'The side of the person who hung up; for a hangup command the platform\'s side; "unknown" for ring time and time limit.',
  },
  {
    about: 'sip_hangup_cause',
    assumed:
      'On outgoing legs 200, 486, 603, 404, 480 (no_answer) and 487 (timeout, originator_cancel); "unspecified" on incoming legs.',
  },
  {
    about: 'a hangup command on an incoming call that rings',
    assumed: 'Ends it with normal_clearing.',
  },
  {
    about: 'first_command_timeout',
    assumed: 'Ends the call with cause "timeout", source "callee".',
  },
  {
    about: 'dialling from a number that is not owned',
    assumed: "403 with code D35, unless it is the linked leg's own caller.",
  },
  {
    about: 'command_id',
    assumed:
      'Remembered per command and call for 60 s of real time (of sandbox time when the clock is turned by hand); a refused command is not remembered.',
  },
  {
    about: 'play_beep',
    assumed: 'A beep of 0.4 s is heard first; the recording begins when it is over.',
  },
  {
    about: 'recordings',
    assumed:
      'Only WAV (PCM16, 8 kHz) is written, mp3 is refused; trim and transcription are ignored; silence is told by loudness; call.recording.saved comes 1 s after the end.',
  },
  {
    about: 'call.recording.error',
    assumed:
      "Comes instead of call.recording.saved, without call_control_id as in the documents' example; the recording is not listed.",
  },
  {
    about: 'dual channels',
    assumed: "Left is the recorded leg's person, right is all that this person hears.",
  },
  { about: 'expired recording links', assumed: "Answer 403 with the carrier's JSON error body." },
  {
    about: 'playback of files',
    assumed:
      'WAV (PCM16 or mu-law) is decoded, anything else is a hum; media_name knows "ringback", "beep" and the clips of the speech folder.',
  },
  {
    about: 'gather',
    assumed: 'timeout_millis counts from the end of the prompt; an invalid key ends the try.',
  },
  {
    about: 'webhook retries',
    assumed:
      'Up to 5 attempts after 0, 1, 3, 8 and 20 s of sandbox time; the third goes to the failover URL. Time limits of an attempt are real time, 10 s by default.',
  },
  {
    about: 'webhook order',
    assumed:
      'Within a session events leave one after the other while the receiver answers within 250 ms; a chaos profile lifts that.',
  },
  {
    about: 'number orders',
    assumed:
      'Are decided after a fixed delay; number_order.complete goes to the webhook URL of the connection ordered for, also when all failed. An order of which one line succeeded has succeeded.',
  },
  {
    about: 'number reservations',
    assumed:
      'Are decided at once unless a rule delays them; a number that is held already fails; an expired one cannot be extended (422); the account that holds a number may order it.',
  },
  {
    about: 'a number that was deleted',
    assumed:
      'Answers 404 from then on and is for sale again at once; a deletion lock, which only the portal sets, refuses 422.',
  },
  {
    about: 'caller_id_name',
    assumed:
      'Given when the number has caller_id_name_enabled and the script a name; shaken_stir_attestation only when the application asks for it.',
  },
  {
    about: 'numbers that nobody scripted',
    assumed: 'Answer after 3 s, say nothing, never hang up.',
  },
  {
    about: 'a call nobody answers',
    assumed: 'The scripted caller gives up after 120 s of ringing.',
  },
  {
    about: 'restart of the sandbox',
    assumed:
      'Keys, applications, numbers, orders and recordings persist; live legs are lost without a call.hangup, GET /v2/calls/{id} then says is_alive false, commands get 90018, and a recording under way is kept up to where it got.',
  },
  {
    about: 'texts',
    assumed:
      'Sent 0.2 s after they were taken, finalized a second later unless the recipient is scripted otherwise; refused with the status that the code begins with. Texts are forgotten when the sandbox restarts.',
  },
  {
    about: 'a number on no active campaign',
    assumed: 'Its messages are taken and sent, then finalized as delivery_failed with 40010.',
  },
  {
    about: 'STOP, START and HELP',
    assumed:
      'The whole text in any case, without punctuation; the carrier answers STOP and START itself, of which no webhook tells, and marks them with autoresponse_type; HELP is answered only where the profile has an answer, which the sandbox never has.',
  },
  {
    about: 'media of a message',
    assumed:
      'Fetched before the request is answered; what cannot be fetched, or is more than 1 MB in all, is refused with 40317.',
  },
  {
    about: 'a text to a number without a messaging profile',
    assumed: 'Never arrives; the script that sends it is refused.',
  },
  {
    about: 'call.transcription',
    assumed:
      'The words of a script, told once when they have been said; never interim results. One that starts or stops while somebody speaks tells all of what they say, or nothing.',
  },
  {
    about: 'brands and campaigns',
    assumed:
      'Decided after 2 and 3 s, a number put on a campaign after 1 s; 10dlc.* webhooks go to the webhookURL of the brand or campaign. A number must be on a messaging profile and on no other campaign.',
  },
  { about: 'rate limit', assumed: '500 requests a second; the carrier publishes no figures.' },
];
