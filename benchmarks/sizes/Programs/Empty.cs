// What the runtime takes by itself.
return;
