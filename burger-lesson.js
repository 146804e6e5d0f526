// <burger-lesson>: a lesson of Concurrent Burgers in any page. No dependencies; one classic script:
//
//   <script async src="https://example.org/burgers/burger-lesson.js"></script>
//   <burger-lesson lesson="sync-vs-async"><a href="https://example.org/burgers/?lesson=sync-vs-async">The lesson</a></burger-lesson>
//
// Attributes  src (the course's folder; default: where this script is)  lesson  step  mode  timings (JSON: {"knob": value})
//             ui (lesson|scene|full)  theme  lang  motion  controls  autoplay  speed  links  storage  height (px)  loading
// Properties  state: the text that the learner's progress is kept as; set it to bring progress back ('' or null: none yet).
//             score: 0 to 1, the best so far
// Methods     play() pause() reset() goto(step or number from 1) setKnob(name, value) flush(): promises
// Events      burger-ready burger-step burger-score burger-complete burger-state burger-error (bubbling, composed)
// Style       ::part(frame)

(() => {
  if (customElements.get('burger-lesson')) return;

  const HOME = document.currentScript?.src ?? document.baseURI;
  const LONGEST = 65536;
  const FORWARDED = { step: 'goto', mode: 'mode', theme: 'theme', lang: 'lang', speed: 'speed' };
  const ASKED = ['lesson', 'step', 'ui', 'mode', 'theme', 'lang', 'motion', 'controls', 'autoplay', 'speed', 'links', 'storage'];

  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(':host{display:block}iframe{display:block;width:100%;border:0}slot{display:none}');

  const knobsIn = (json) => {
    try {
      const knobs = JSON.parse(json || '{}');
      return knobs && typeof knobs === 'object' && !Array.isArray(knobs) ? Object.entries(knobs) : [];
    } catch {
      return [];
    }
  };

  class BurgerLesson extends HTMLElement {
    static observedAttributes = ['src', 'title', 'timings', 'height', 'loading', ...ASKED];

    #frame = Object.assign(document.createElement('iframe'), { allow: 'fullscreen; clipboard-write' });
    #id = `b${Math.random().toString(36).slice(2)}`;
    #waiting = new Map(); // answers that are waited for, by the name of the question
    #queue = []; // what is said once the frame is ready
    #ready = false;
    #score = 0;
    #complete = false;
    #state; // undefined: nobody here keeps it
    #asked = null; // the frame's question for state
    #pulse = 0;
    #dead = ''; // why there will be no answer
    #fresh = false; // whether the frame is to be loaded anew in this turn
    #listen = (event) => this.#hear(event);

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [SHEET]; // a page whose rules forbid inline styles allows this
      this.#frame.setAttribute('part', 'frame');
      root.append(this.#frame, document.createElement('slot'));
    }

    connectedCallback() {
      addEventListener('message', this.#listen);
      this.#load();
    }

    // A frame that is taken out of a page forgets everything; what it told is kept here, and brought back.
    disconnectedCallback() {
      removeEventListener('message', this.#listen);
      this.#quiet('the element was taken out of the page');
    }

    attributeChangedCallback(name, before, now) {
      if (before === now || !this.isConnected) return;
      if (name === 'height' || name === 'title') this.#dress();
      else if (name === 'loading') this.#frame.loading = now === 'eager' ? 'eager' : 'lazy';
      else if (name === 'timings') knobsIn(now).forEach(([knob, value]) => this.#order('knob', { name: knob, value }));
      else if (name in FORWARDED && now !== null) this.#order(FORWARDED[name], { [name]: name === 'speed' ? Number(now) : now });
      else {
        // Another lesson: what was kept is not of it.
        if (name === 'lesson' || name === 'src') [this.#state, this.#score, this.#complete] = [undefined, 0, false];
        this.#load();
      }
    }

    get score() { return this.#score; }
    get state() { return this.#state ?? null; }
    set state(state) {
      this.#state = state ? String(state) : '';
      this.#bring();
    }

    play() { return this.#ask('play'); }
    pause() { return this.#ask('pause'); }
    reset() { return this.#ask('reset'); }
    goto(step) { return this.#ask('goto', { step }); }
    setKnob(name, value) { return this.#ask('knob', { name, value }); }
    /** Resolves when the page has everything the learner has reached: score and state are in the properties then. */
    flush() { return this.#answer({ subject: 'SPLICE.flushState' }); }

    /** The address of the frame; `origin=` keeps it from listening to any other page. */
    #address() {
      const url = new URL(this.getAttribute('src') || './', this.hasAttribute('src') ? document.baseURI : HOME);
      const put = (name, value) => url.searchParams.set(name, value);
      put('ui', 'lesson');
      for (const name of ASKED) if (this.hasAttribute(name)) put(name, this.getAttribute(name));
      for (const [knob, value] of knobsIn(this.getAttribute('timings'))) put(`t.${knob}`, value);
      put('id', this.#id);
      if (origin !== 'null') put('origin', origin);
      return url;
    }

    #dress() {
      this.#frame.title = this.title || this.textContent.trim() || 'Concurrent Burgers';
      this.#frame.style.height = `${Number(this.getAttribute('height')) || 640}px`;
    }

    // Several attributes that change in one turn load the frame once.
    #load() {
      if (this.#fresh) return;
      this.#fresh = true;
      queueMicrotask(() => {
        this.#fresh = false;
        if (!this.isConnected) return;
        this.#quiet('the frame was loaded anew');
        this.#dead = '';
        this.#dress();
        this.#frame.loading = this.getAttribute('loading') === 'eager' ? 'eager' : 'lazy';
        this.#frame.src = this.#address();
        // A frame that loads late, or is scrolled to late, says that it is ready by itself; hello is for a page that was
        // not listening yet.
        let hellos = 0;
        this.#pulse = setInterval(() => {
          if (this.#ready || ++hellos > 20) clearInterval(this.#pulse);
          else this.#post({ type: 'burger:hello', v: 1, id: this.#id }, '*'); // it may be an empty page still
        }, 500);
      });
    }

    #quiet(why) {
      clearInterval(this.#pulse);
      this.#ready = false;
      this.#asked = null;
      this.#queue = [];
      for (const { reject } of this.#waiting.values()) reject(new Error(why));
      this.#waiting.clear();
    }

    #origin() { return new URL(this.#frame.src || HOME, document.baseURI).origin; }
    // In a sandboxed page its frames have no origin either, and can only be spoken to as anybody.
    #post(message, to = origin === 'null' ? '*' : this.#origin()) { this.#frame.contentWindow?.postMessage(message, to); }

    #say(message) {
      if (this.#ready) this.#post(message);
      else this.#queue.push(message);
    }

    // An order by an attribute: before the frame is ready, its address says the same.
    #order(cmd, args) {
      if (this.#ready) this.#post({ type: 'burger:cmd', v: 1, id: this.#id, cmd, args });
      else this.#load();
    }

    #ask(cmd, args = {}) { return this.#answer({ type: 'burger:cmd', v: 1, id: this.#id, cmd, args }); }
    #answer(message) {
      const message_id = `${this.#id}-${Math.random().toString(36).slice(2)}`;
      return new Promise((resolve, reject) => {
        if (!this.isConnected || this.#dead) return reject(new Error(this.#dead || 'the element is not in a page'));
        this.#waiting.set(message_id, { resolve, reject });
        this.#say({ ...message, message_id });
      });
    }

    #bring() {
      if (this.#asked !== null && this.#state !== undefined) {
        this.#post({ subject: 'SPLICE.getState.response', message_id: this.#asked, state: this.#state || null });
      }
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`burger-${name}`, { detail, bubbles: true, composed: true }));
    }

    #settle(message, failed) {
      const waiting = this.#waiting.get(message.message_id);
      this.#waiting.delete(message.message_id);
      if (failed) waiting?.reject(new Error(failed));
      else waiting?.resolve();
    }

    #hear({ data, source, origin: from }) {
      if (!source || source !== this.#frame.contentWindow || !(from === this.#origin() || from === origin && from === 'null')) return;
      if (!data || typeof data !== 'object') return;
      const { subject, type, message_id } = data;
      if (type?.startsWith?.('burger:') && (data.v !== 1 || data.id !== this.#id)) return;
      if (subject === 'lti.frameResize' && data.height > 0 && data.height < 1e5) {
        this.#frame.style.height = `${Math.ceil(data.height)}px`;
      } else if (subject === 'SPLICE.getState' && typeof message_id === 'string') {
        this.#asked = message_id;
        this.#bring();
      } else if (subject === 'SPLICE.reportScoreAndState') this.#keep(data);
      else if (subject === 'SPLICE.sendEvent' && data.name === 'step') this.#tell('step', data.data);
      else if (subject === 'SPLICE.flushState.response' || type === 'burger:done') this.#settle(data);
      else if (type === 'burger:ready') this.#begin(data);
      else if (type === 'burger:error') {
        const message = String(data.message).slice(0, 500);
        if (this.#waiting.has(message_id)) this.#settle(data, message);
        else if (data.fatal === true) this.#quiet(this.#dead = message);
        this.#tell('error', { message });
      }
    }

    #begin({ lesson, step, number, steps, mode, ui, title }) {
      const first = !this.#ready;
      this.#ready = true;
      clearInterval(this.#pulse);
      this.#queue.splice(0).forEach((message) => this.#post(message));
      if (first) this.#tell('ready', { lesson, step, number, steps, mode, ui, title });
    }

    // The score is the best so far, whatever the frame says; a state is a text and not too long.
    #keep({ score, state, complete }) {
      if (typeof score !== 'number' || !(score > 0 && score <= 1)) return;
      if (typeof state !== 'string' || state.length > LONGEST) return;
      if (state !== this.#state) {
        this.#state = state;
        this.#tell('state', { state });
      }
      if (score > this.#score) {
        this.#score = score;
        this.#tell('score', { score });
      }
      if (complete === true && !this.#complete) {
        this.#complete = true;
        this.#tell('complete', { score: this.#score });
      }
    }
  }

  customElements.define('burger-lesson', BurgerLesson);
})();
