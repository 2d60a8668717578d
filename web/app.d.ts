// What a page's server code finds on `event.platform`: the API, and nothing else of the Worker.
declare global {
  namespace App {
    interface Platform {
      env: { API: (request: Request) => Promise<Response> };
    }
  }
}

export {};
