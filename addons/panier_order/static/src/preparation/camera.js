import {loadJS} from "@web/core/assets";
import {buildZXingBarcodeDetector} from "@web/core/barcode/ZXingBarcodeDetector";

const EVERY = 200;
/** The same code is not read again for so long: one pack held before the camera counts once. */
const SAME_AGAIN = 2000;

/** The browser's own detector where there is one, else the library that Odoo ships. */
async function makeDetector() {
    let Detector = window.BarcodeDetector;
    if (!Detector) {
        await loadJS("/web/static/lib/zxing-library/zxing-library.js");
        Detector = buildZXingBarcodeDetector(window.ZXing);
    }
    return new Detector({formats: await Detector.getSupportedFormats()});
}

/** Reads codes from the camera into `onCode`, until it is stopped. */
export class Camera {
    constructor(video, onCode) {
        this.video = video;
        this.onCode = onCode;
        this.last = {code: "", at: 0};
    }

    get isOn() {
        return Boolean(this.stream);
    }

    /** @throws when there is no camera, or the user does not allow it */
    async start() {
        this.stream = await navigator.mediaDevices.getUserMedia({
            video: {facingMode: "environment"},
        });
        try {
            this.video.srcObject = this.stream;
            this.video.hidden = false;
            await this.video.play();
            this.detector = await makeDetector();
        } catch (error) {
            this.stop();
            throw error;
        }
        this.read();
    }

    stop() {
        clearTimeout(this.timer);
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = null;
        this.video.hidden = true;
    }

    async read() {
        const found = await this.detector.detect(this.video).catch(() => []);
        const now = Date.now();
        if (
            found.length &&
            (found[0].rawValue !== this.last.code || now - this.last.at > SAME_AGAIN)
        ) {
            this.onCode(found[0].rawValue);
        }
        if (found.length) {
            this.last = {code: found[0].rawValue, at: now};
        }
        if (this.isOn) {
            this.timer = setTimeout(() => this.read(), EVERY);
        }
    }
}
