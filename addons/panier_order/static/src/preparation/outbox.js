/**
 * Taps on their way to the server. Kept in the browser's storage until the server has answered, so that neither a lost
 * connection nor a reload nor a closed tab loses one; sent in the order they were made. No framework here.
 */

const KEY = "panier.outbox";
const REFUSED_KEY = "panier.outbox.refused";
const BATCH = 100;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

/** A uuid of version 4; `crypto.randomUUID` is missing on pages served without TLS, as in many shops. */
export function makeUuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The session is over: the user must log in again. */
export class LoggedOut extends Error {}

/** The server does not take these taps and never will. */
export class Unreadable extends Error {}

/**
 * Send taps to the server.
 *
 * @param {Object[]} taps
 * @returns {Promise<Object[]>} a verdict a tap
 * @throws {LoggedOut|Unreadable|Error} any other error: try again later
 */
export async function postTaps(taps) {
    const response = await fetch("/panier/prepare/taps", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", method: "call", params: {taps}}),
    });
    const {result, error} = await response.json();
    if (error) {
        const name = error.data?.name || "";
        if (error.code === 100 || name.endsWith("SessionExpiredException")) {
            throw new LoggedOut();
        }
        if (/\.(UserError|AccessError)$/.test(name)) {
            throw new Unreadable(error.data.message);
        }
        throw new Error(error.message);
    }
    return result;
}

export class Outbox {
    /**
     * @param {Storage} storage
     * @param {(taps: Object[]) => Promise<Object[]>} post
     * @param {{onChange?: Function, onVerdict?: Function}} listeners
     */
    constructor(storage, post, {onChange = () => {}, onVerdict = () => {}} = {}) {
        this.storage = storage;
        this.post = post;
        this.onChange = onChange;
        this.onVerdict = onVerdict;
        this.wait = FIRST_WAIT;
        this.loggedOut = false;
        this.sending = null;
        this.timer = null;
    }

    read(key = KEY) {
        try {
            const value = JSON.parse(this.storage.getItem(key) || "[]");
            return Array.isArray(value) ? value : [];
        } catch {
            return [];
        }
    }

    write(value, key = KEY) {
        this.storage.setItem(key, JSON.stringify(value));
        this.onChange();
    }

    get taps() {
        return this.read();
    }

    get refused() {
        return this.read(REFUSED_KEY);
    }

    /** Keep a tap and try to send it. */
    push(tap) {
        const kept = {uuid: makeUuid(), at: new Date().toISOString(), ...tap};
        this.write([...this.taps, kept]);
        this.flush();
        return kept;
    }

    /** Send what is there, one request at a time; try again later, less and less often, when it does not get through. */
    async flush() {
        if (!this.sending) {
            this.sending = this.exclusively(() => this.sendAll()).finally(
                () => (this.sending = null)
            );
        }
        return this.sending;
    }

    /** Two tabs of one device take turns. Without locks (no TLS) both may send: the server counts a uuid once. */
    async exclusively(send) {
        const locks = globalThis.navigator?.locks;
        return locks ? locks.request(KEY, send) : send();
    }

    async sendAll() {
        clearTimeout(this.timer);
        let batch;
        while ((batch = this.taps.slice(0, BATCH)).length) {
            try {
                this.settle(await this.post(batch));
            } catch (error) {
                if (error instanceof Unreadable) {
                    this.settle([
                        {uuid: batch[0].uuid, verdict: "refused", message: error.message},
                    ]);
                    continue;
                }
                this.loggedOut = error instanceof LoggedOut;
                this.later();
                return false;
            }
            this.wait = FIRST_WAIT;
            this.loggedOut = false;
        }
        this.onChange();
        return true;
    }

    later() {
        this.timer = setTimeout(() => this.flush(), this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
        this.onChange();
    }

    /** Forget what the server has answered; what it refused stays visible until somebody has seen it. */
    settle(verdicts) {
        const answered = new Set(verdicts.map((verdict) => verdict.uuid));
        const taps = this.taps;
        const byUuid = Object.fromEntries(taps.map((tap) => [tap.uuid, tap]));
        const refused = verdicts.filter((verdict) => verdict.verdict === "refused");
        if (refused.length) {
            const seen = refused.map(({uuid, message}) => ({
                uuid,
                message,
                label: byUuid[uuid]?.label || "",
            }));
            this.write([...this.refused, ...seen], REFUSED_KEY);
        }
        this.write(taps.filter((tap) => !answered.has(tap.uuid)));
        for (const verdict of verdicts) {
            this.onVerdict(verdict, byUuid[verdict.uuid]);
        }
    }

    /** Somebody has read which taps were refused. */
    forgetRefused() {
        this.write([], REFUSED_KEY);
    }
}
